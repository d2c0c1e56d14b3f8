import MaxConnector
import MaxCore

extension AcmeLoaders {
    /// What changed in a workspace, deletions included.
    static let changes = Loader<AcmeContext>(
        "changes", of: AcmeWorkspace.self, provides: [],
        .source { workspace, cursor, context in
            try await context.client.changes(of: workspace, since: cursor).page(of: Ref(AcmeWorkspace.self, workspace))
        })
}

extension AcmeClient.Changes {
    /// The page as it is to be stored: of several changes of one thing only the last is told.
    fileprivate func page(of workspace: Ref) -> SourcePage {
        var page = SourcePage(records: [], next: hasMore ? nextCursor : nil, resume: nextCursor)
        var last: [Ref: Int] = [:]
        for (place, change) in changes.enumerated() {
            if let ref = change.ref { last[ref] = place }
        }
        for (ref, place) in last.sorted(by: { $0.value < $1.value }) {
            guard let item = changes[place].item else {
                page.gone.append(ref)
                continue
            }
            page.records.append(item.record)
            page.links.append(item.place(in: workspace))
        }
        return page
    }
}
