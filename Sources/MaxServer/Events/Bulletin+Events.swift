package import MaxEngines

extension Bulletin {
    /// The news as they are sent, from an event on that is known, or from now on.
    package func serverEvents(after number: Int? = nil) -> AsyncMapSequence<AsyncStream<Event>, ServerEvent> {
        events(after: number).map { ServerEvent(id: $0.number, name: $0.kind.rawValue, data: $0.data) }
    }
}
