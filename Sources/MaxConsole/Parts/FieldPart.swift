internal import MaxConnector

/// A question as it is shown: its words, and exactly one kind of control.
///
/// Whatever a control's template takes from the question around it is never nil here, so that it cannot be mistaken for
/// that of a question further out.
struct FieldPart: Sendable, Hashable {
    let id: String
    /// What the control is called in the form that is sent.
    let name: String
    let label: String
    let isOptional: Bool
    let isRequired: Bool
    var isFocused = false
    var help: HelpPart?
    /// What becomes of a secret.
    var keeping: KeepingPart?
    var problem: ProblemPart?

    var line: LineControl?
    var lines: LinesControl?
    var menu: MenuControl?
    var tick: TickControl?
    var picks: PicksControl?
    var group: GroupControl?

    let helpID: String
    let sealID: String
    let problemID: String
    let describedBy: String
    let isDescribed: Bool
    let isInvalid: Bool

    init(
        _ place: FieldPlace, label: String, isRequired: Bool, help: HelpPart? = nil, keeping: KeepingPart? = nil,
        problem: ProblemPart? = nil
    ) {
        (id, name) = (place.id, place.name)
        (self.label, self.isRequired, isOptional) = (label, isRequired, !isRequired && keeping?.held == nil)
        (self.help, self.keeping, self.problem) = (help, keeping, problem)
        (helpID, sealID, problemID) = ("\(place.id)-help", "\(place.id)-seal", "\(place.id)-problem")
        let describing = [
            problem == nil ? nil : problemID, help == nil ? nil : helpID, keeping == nil ? nil : sealID,
        ]
        describedBy = describing.compactMap(\.self).joined(separator: " ")
        isDescribed = !describedBy.isEmpty
        isInvalid = problem != nil
    }
}

/// A sentence that helps to answer, and a page that does.
struct HelpPart: Sendable, Hashable {
    var text: String?
    var link: LinkPart?

    init?(text: String?, link: LinkPart?) {
        guard text != nil || link != nil else { return nil }
        (self.text, self.link) = (text, link)
    }
}

/// What becomes of a secret that is typed here.
struct KeepingPart: Sendable, Hashable {
    /// That there is one already.
    let held: String?
    /// Where it will be sent.
    var destination: String?
    let promise = "Max stores this encrypted on YOUR server. It is never shared with apps or agents."

    /// - Parameter isDoubted: Whether something is wrong with what was given.
    init(isHeld: Bool, isDoubted: Bool = false) {
        held =
            switch (isHeld, isDoubted) {
            case (true, true): "What you gave is held; leave this empty if it was right."
            case (true, false): "One is held; leave this empty to keep it."
            case (false, _): nil
            }
    }
}

/// One line to type in.
struct LineControl: Sendable, Hashable {
    var type = "text"
    /// The keyboard that phones show.
    var mode: String?
    var value = ""
    var example: String?
    /// The hint for password managers, from the HTML standard's autofill names.
    var autocomplete: String?
    var minimum: Int64?
    var maximum: Int64?
    /// Whether nothing may correct or capitalise it.
    var isVerbatim = false
}

/// Several lines to type in.
struct LinesControl: Sendable, Hashable {
    let value: String
}

/// A list that folds out.
struct MenuControl: Sendable, Hashable {
    let options: [PickPart]
}

/// A yes or no.
struct TickControl: Sendable, Hashable {
    let isOn: Bool
}

/// Options that are all in sight.
struct PicksControl: Sendable, Hashable {
    let options: [PickPart]
}

/// Questions that belong together, or several shapes of which one is answered.
struct GroupControl: Sendable, Hashable {
    var fields: [FieldPart] = []
    var shapes: [ShapePart] = []
}

/// One of several shapes.
struct ShapePart: Sendable, Hashable {
    let id: String
    let name: String
    let value: String
    let label: String
    let isChosen: Bool
    let fields: [FieldPart]
}

/// One thing to choose.
struct PickPart: Sendable, Hashable {
    let id: String
    let name: String
    /// `radio` or `checkbox`.
    let type: String
    let value: String
    let label: String
    let detail: String?
    let isChosen: Bool
}
