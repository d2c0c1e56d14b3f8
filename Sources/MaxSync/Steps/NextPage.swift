internal import MaxHub

extension TaskStep {
    /// The task as it stands once the step is stored, where there is another page; without what is known of that page from
    /// an earlier reading.
    var next: SyncTask? {
        guard case .next(let cursor) = outcome else { return nil }
        return SyncTask(
            id: task.id, job: task.job, cursor: cursor, page: task.page + 1, isInterrupted: task.isInterrupted,
            resume: resume ?? task.resume)
    }
}
