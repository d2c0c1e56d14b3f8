internal import Dispatch
internal import Foundation
internal import Synchronization

/// Threads for work that nobody waits for: the machine gives them what a page, a sign-in or a setup does not need.
///
/// They last as long as the process, and there are as many as there are processors.
final class PatientThreads: TaskExecutor {
    /// The ones of this process.
    static let shared = PatientThreads(ProcessInfo.processInfo.activeProcessorCount)

    /// How far they step back: a thread in their way gets about nine tenths of the processor (setpriority(2), sched(7)).
    private static let niceness: CInt = 10

    private let jobs = Mutex<[UnownedJob]>([])
    private let count = DispatchSemaphore(value: 0)

    private init(_ width: Int) {
        for number in 1...max(1, width) {
            let thread = Thread { [self] in work() }
            thread.name = "collecting-\(number)"
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    private func work() {
        // On Linux this is the thread that asks, not the process.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        while true {
            count.wait()
            jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
