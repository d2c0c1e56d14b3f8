/// What a person did with a question.
package enum Reply<Value> {
    /// They answered.
    case value(Value)

    /// They want the question before this one; only where the prompt says `canGoBack`.
    case back
}

extension Reply: Sendable where Value: Sendable {}
extension Reply: Equatable where Value: Equatable {}
