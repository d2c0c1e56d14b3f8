internal import Glibc

/// Two connected sockets that no child inherits.
func closeOnExecPair() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
        throw SystemFailure(call: "socketpair", code: errno)
    }
    return (ends[0], ends[1])
}

/// Reads what is there, up to 64 KiB; empty at the end and when the other side has hung up.
func readSome(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        var result: Int
        repeat {
            result = read(descriptor, buffer.baseAddress, 65_536)
        } while result < 0 && errno == EINTR
        count = max(0, result)
    }
}

/// Reads a whole file; empty when there is none.
func contents(ofFile path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var all: [UInt8] = []
    while true {
        let some = readSome(descriptor)
        if some.isEmpty { return all }
        all += some
    }
}
