package import MaxCore

extension MaxError {
    /// The refusal of a cursor that is none, or not one of this question.
    package static let cursorForeign = MaxError(
        .cursorForeign, "This cursor belongs to another question, or is none.",
        fix: "Ask with the same words as before, or begin again without a cursor.")
}
