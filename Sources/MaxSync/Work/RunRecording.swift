internal import Foundation
internal import MaxCore
internal import MaxHub

extension FlightRecorder {
    /// Notes what became of a task, where that is more than the next page.
    func note(_ step: TaskStep, at now: Date) {
        let way = step.task.job.way
        switch step.outcome {
        case .next, .done, .gone: break
        case .again: note(.retry, way) { $0.outcome = "from_the_beginning" }
        case .later(let problem, let time):
            note(.retry, way) { event in
                event.fail(problem)
                event.milliseconds = Int(max(0, time.timeIntervalSince(now)) * 1000)
                event.count = step.task.attempts + 1
            }
        case .failed(let problem): note(.failure, way) { $0.fail(problem) }
        }
    }

    /// The steps of a commit, which take along what was noted so far: recording costs no write of its own.
    func accompany(_ steps: [TaskStep]) -> [TaskStep] {
        var steps = steps
        note(.commit) { $0.count = steps.count }
        if !steps.isEmpty { steps[0].recorded = take() }
        return steps
    }
}
