internal import Glibc

/// What the signal handlers need, written before any of them is installed.
///
/// It lives as long as the process.
private struct GuardRecord {
    var input: Int32 = -1
    var output: Int32 = -1
    var wake: Int32 = -1
    var cooked = termios()
    var hasTerminal = false
    let farewell = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
    var farewellCount = 0
    let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
}

/// The one global: a signal handler is a C function and can reach nothing else.
///
/// Set once, before the first handler.
nonisolated(unsafe) private var record: UnsafeMutablePointer<GuardRecord>?

/// Gives the terminal back on every signal while a prompt has it.
///
/// A signal that ends the process restores the terminal inside its handler, then takes its former course; a handler
/// here calls only what POSIX lists as async-signal-safe. Signals that do not end it are passed on through a pipe.
enum SignalGuard {
    /// Those that end the process: asked to, and by its own faults.
    private static let fatal = [SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE]

    /// Those that are passed on.
    private static let passed = [SIGINT, SIGTSTP, SIGCONT, SIGWINCH]

    /// Installs the handlers; `cooked` is nil where the input is no terminal.
    static func begin(input: Int32, output: Int32, cooked: termios?, wake: Int32, farewell: String) {
        let record = prepared()
        record.pointee.input = input
        record.pointee.output = output
        record.pointee.wake = wake
        record.pointee.hasTerminal = cooked != nil
        if let cooked { record.pointee.cooked = cooked }
        let bytes = farewell.utf8.prefix(record.pointee.farewell.count)
        record.pointee.farewell.copyBytes(from: bytes)
        record.pointee.farewellCount = bytes.count
        for signal in fatal { install(restoreAndTakeCourse, for: signal) }
        for signal in passed { install(passOn, for: signal) }
    }

    /// Puts the former handlers back.
    static func end() {
        guard let record else { return }
        for signal in fatal + passed { sigaction(signal, record.pointee.previous + Int(signal), nil) }
        record.pointee.hasTerminal = false
        record.pointee.farewellCount = 0
    }

    /// Lets the next Ctrl-C end the process at once.
    static func makeInterruptFatal() {
        var action = handling(restoreAndTakeCourse)
        sigaction(SIGINT, &action, nil)
    }

    /// Stops the process as Ctrl-Z does, and returns when it goes on, or at once where nobody could make it go on.
    static func stop() {
        guard let record else { return }
        for signal in [SIGTSTP, SIGCONT] { sigaction(signal, record.pointee.previous + Int(signal), nil) }
        var set = sigset_t()
        var former = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        // Raised for this very thread, so that the stop comes before the next line; its pool keeps signals blocked.
        pthread_sigmask(SIG_UNBLOCK, &set, &former)
        raise(SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &former, nil)
        var action = handling(passOn)
        for signal in [SIGTSTP, SIGCONT] { sigaction(signal, &action, nil) }
    }

    private static func prepared() -> UnsafeMutablePointer<GuardRecord> {
        if let record { return record }
        let new = UnsafeMutablePointer<GuardRecord>.allocate(capacity: 1)
        new.initialize(to: GuardRecord())
        record = new
        atexit { restore() }
        return new
    }

    /// Installs `handler`, except for a signal that whoever started this process wants ignored.
    private static func install(_ handler: @escaping @convention(c) (Int32) -> Void, for signal: Int32) {
        guard let record else { return }
        let previous = record.pointee.previous + Int(signal)
        previous.initialize(to: sigaction())
        sigaction(signal, nil, previous)
        if isIgnored(previous.pointee), signal != SIGWINCH, signal != SIGCONT { return }
        var action = handling(handler)
        sigaction(signal, &action, nil)
    }

    private static func handling(_ handler: @escaping @convention(c) (Int32) -> Void) -> sigaction {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = SA_RESTART
        return action
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}

/// Gives the terminal back; async-signal-safe.
private func restore() {
    guard let record else { return }
    if record.pointee.hasTerminal { tcsetattr(record.pointee.input, TCSANOW, &record.pointee.cooked) }
    if record.pointee.farewellCount > 0 {
        _ = Glibc.write(record.pointee.output, record.pointee.farewell.baseAddress, record.pointee.farewellCount)
    }
}

/// Gives the terminal back and lets the signal do what it would have done.
private func restoreAndTakeCourse(_ signal: Int32) {
    guard let record else { return }
    restore()
    // Ctrl-\ ends the process: the Swift runtime's own handler would print its state and let it run on.
    var course = signal == SIGQUIT ? sigaction() : record.pointee.previous[Int(signal)]
    sigaction(signal, &course, nil)
    raise(signal)
}

/// Tells the session that a signal came.
private func passOn(_ signal: Int32) {
    guard let record else { return }
    let former = errno
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = Glibc.write(record.pointee.wake, &byte, 1)
    errno = former
}
