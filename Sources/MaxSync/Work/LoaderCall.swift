internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// One call of a loader for a task: the only place where a connector's code runs.
struct LoaderCall: Sendable {
    let connector: InstalledConnector
    let map: SyncMap
    let task: SyncTask
    /// Whether lists are read from their beginning, whatever the provider said of them earlier.
    let readsEverything: Bool
    /// Whether a feed may take its place from now on, because every list below is read then.
    let mayBeginFeeds: Bool
    let provider: String
    /// Knows the secrets that the connector was given.
    let witness: WitnessedCredentials

    /// Asks the loader, and says what came of it.
    func fetch() async -> Fetched {
        do {
            switch task.job.kind {
            case .collection: return try await page()
            case .feed: return try await changes()
            case .detail: return try await batch()
            }
        } catch let problem as Problem {
            let shown = witness.echo.review(problem, of: provider)
            return problem.isRefusal ? .halt(shown) : .problem(shown)
        } catch let refused as PrivateAddressRefused {
            return .problem(refused.problem)
        } catch let error as MaxError {
            return .halt(Problem(error))
        } catch {
            return Task.isCancelled ? .dropped : .problem(.unexplained(title, provider))
        }
    }

    private func page() async throws -> Fetched {
        guard let list = map.list(task.job.way), let way = connector.collection(list.field, of: list.parent) else {
            return .noWay
        }
        let memory = Revalidation(known: readsEverything || isAtPlace ? nil : task.memo?.validator)
        do {
            let page = try await Revalidation.$current.withValue(memory) {
                do { return try await way.page(task.job.subject, cursor) } catch let problem as Problem
                    where isAtPlace && problem.kind == .permanent
                {
                    // The place was only a short cut.
                    return try await way.page(task.job.subject, nil)
                }
            }
            return .page(page, tag: memory.tag)
        } catch is NotModified where memory.known != nil {
            return .unmodified
        }
    }

    /// Whether the page to read is the first one after the place that an earlier reading told.
    private var isAtPlace: Bool { task.cursor == nil && task.page == 0 && task.resume != nil && !readsEverything }

    private var cursor: String? { isAtPlace ? task.resume : task.cursor }

    private func changes() async throws -> Fetched {
        guard map.feed(task.job.way) != nil, let way = connector.source(task.job.way) else { return .noWay }
        if let place = task.cursor ?? task.resume {
            do {
                return .changes(try await way.page(task.job.subject, place), start: .place)
            } catch let problem as Problem where isForgotten(problem) {}
        }
        guard mayBeginFeeds else { return .noPlace }
        return .changes(try await way.page(task.job.subject, nil), start: .now)
    }

    /// Whether a problem says that the provider does not know a feed's place any more, or may mean that.
    ///
    /// Where the reading begins at the place, it may be that which is refused for good. And where every list is read
    /// anyway, a page that cannot be understood is left behind.
    private func isForgotten(_ problem: Problem) -> Bool {
        if problem.code == Problem.cursorExpired.code { return true }
        guard task.isInterrupted || task.cursor == nil else { return false }
        return problem.kind == .permanent || readsEverything && problem.code == "answer_not_understood"
    }

    private func batch() async throws -> Fetched {
        guard let detail = map.detail(task.job.way),
            let way = connector.details(of: detail.entity, without: []).first(where: { $0.name == detail.way })
        else { return .noWay }
        return .batch(try await way.load(task.job.ids))
    }

    private var title: String {
        let way = task.job.way
        return map.list(way)?.title ?? map.feed(way)?.title ?? way
    }
}

extension Problem {
    /// The same as an error that ends what was asked for.
    init(_ error: MaxError) {
        self.init(error.code.rawValue, .permanent, error.message, fix: error.fix.map { .action($0) })
    }
}
