package import MaxCore

/// What is told of the way to a provider while it is climbed.
package enum RungNews: Sendable, Hashable {
    /// A rung is under way.
    case begun(Rung)
    /// A rung is behind.
    case passed(Rung)
    /// A rung stood already, such as a connection that is used again.
    case stood(Rung)
    /// A rung gave way: the problem's own.
    case failed(Problem)
    /// Nothing could be said of a rung, for a reason that may pass.
    case unproven(Problem, on: Rung)
}
