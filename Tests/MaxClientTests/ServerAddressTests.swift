import MaxCore
import Testing

@testable import MaxClient

struct ServerAddressTests {
    @Test(arguments: [
        ("https://max.example.org", "https://max.example.org"), ("https://MAX.example.org/", "https://max.example.org"),
        ("https://max.example.org:443", "https://max.example.org"),
        ("https://max.example.org:8443", "https://max.example.org:8443"),
        ("http://127.0.0.1:7117", "http://127.0.0.1:7117"), ("http://localhost:7117/", "http://localhost:7117"),
        ("http://[::1]:7117", "http://[::1]:7117"), ("max.example.org", "https://max.example.org"),
        ("127.0.0.1:7117", "http://127.0.0.1:7117"), ("localhost:80", "http://localhost"),
        (" max.lan ", "https://max.lan"),
    ])
    func `an address is its scheme, name and port`(typed: String, address: String) throws {
        #expect(try ServerAddress(typed).description == address)
    }

    @Test(arguments: [
        "http://max.example.org", "http://127.0.0.1.example.org", "http://localhost.example.org",
        "http://10.0.0.7:7117",
        "http://127.1", "http://127.0.0.256", "ftp://max.example.org", "https://dana:secret@max.example.org",
        "https://max.example.org/v1", "https://max.example.org?x=1", "https://max.example.org#x", "", "https://", "a b",
    ])
    func `what is no address of a server, or not private, is refused`(typed: String) {
        #expect { try ServerAddress(typed) } throws: { ($0 as? MaxError)?.code == "server_address_unfit" }
    }
}
