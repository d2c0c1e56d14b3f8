import Foundation
import MaxCore
import Testing

@testable import MaxServer

struct SettingsTests {
    @Test func `needs none`() throws {
        let settings = try ServerSettings([:])
        #expect(settings.host == "127.0.0.1" && settings.port == 7117)
        #expect(settings.origin(onPort: 7117).description == "http://127.0.0.1:7117")
        #expect(!settings.trustsProxy && settings.log == .text && settings.certificate == nil)
        #expect(settings.summary == "listen 127.0.0.1:7117 · log text")
    }

    @Test(arguments: [
        ("8080", "127.0.0.1", 8080), (":8080", "0.0.0.0", 8080), ("0.0.0.0:0", "0.0.0.0", 0),
        ("[::1]:7117", "::1", 7117), ("max.local:1", "max.local", 1), (" 10.0.0.1:65535 ", "10.0.0.1", 65_535),
    ])
    func `reads an address to listen on`(text: String, host: String, port: Int) throws {
        let settings = try ServerSettings(["MAX_LISTEN": text])
        #expect(settings.host == host)
        #expect(settings.port == port)
    }

    @Test(arguments: [
        ("MAX_LISTEN", "localhost"), ("MAX_LISTEN", "1.2.3.4:65536"), ("MAX_LISTEN", "a b:1"),
        ("MAX_LISTEN", "::1:7117"),
        ("MAX_PUBLIC_URL", "max.example.org"), ("MAX_PUBLIC_URL", "ftp://max.example.org"),
        ("MAX_PUBLIC_URL", "https://max.example.org/max"), ("MAX_PUBLIC_URL", "https://u:p@max.example.org"),
        ("MAX_PUBLIC_URL", "https://max.example.org?x"), ("MAX_TRUST_PROXY", "maybe"), ("MAX_LOG", "xml"),
        ("MAX_METRICS_TOKEN", "planted"), ("MAX_TLS_CERTIFICATE", "/nowhere.pem"), ("MAX_TLS_KEY", "/nowhere.pem"),
    ])
    func `refuses what it does not understand by the setting's name`(name: String, value: String) throws {
        let error = try #require(throws: MaxError.self) { try ServerSettings([name: value]) }
        #expect(error.code == "setting_invalid")
        #expect(error.message.contains(name))
        #expect(error.fix != nil)
        #expect(name != "MAX_METRICS_TOKEN" || !error.description.contains(value))
    }

    @Test func `lets an option override the environment, and names the option when that is wrong`() throws {
        var options = ServerOptions()
        (options.listen, options.log, options.publicURL) = ("127.0.0.1:1", "json", "HTTPS://Max.Example.ORG:443/")
        let settings = try ServerSettings(["MAX_LISTEN": "nonsense", "MAX_LOG": "text"], options)
        #expect(settings.port == 1)
        #expect(settings.log == .json)
        #expect(settings.publicOrigin?.description == "https://max.example.org")
        options.listen = "nonsense"
        let error = try #require(throws: MaxError.self) { try ServerSettings([:], options) }
        #expect(error.message.contains("--listen"))
    }

    @Test func `counts a setting without content as not given`() throws {
        let blank = ["MAX_LISTEN", "MAX_PUBLIC_URL", "MAX_TRUST_PROXY", "MAX_LOG", "MAX_METRICS_TOKEN", "MAX_TLS_KEY"]
        let settings = try ServerSettings(Dictionary(uniqueKeysWithValues: blank.map { ($0, "  ") }))
        #expect(settings.port == 7117)
    }

    @Test func `prints what it goes by without what is secret`() throws {
        let settings = try ServerSettings([
            "MAX_METRICS_TOKEN": "a planted token of mine", "MAX_TRUST_PROXY": "yes",
            "MAX_PUBLIC_URL": "https://max.example.org",
            "MAX_LISTEN": "[::]:7117",
        ])
        #expect(
            settings.summary
                == "listen [::]:7117 · public address https://max.example.org · behind a proxy · log text · a token for measures"
        )
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("planted"))
    }

    @Test(arguments: [
        ("127.0.0.1", 80, "http://127.0.0.1"), ("::1", 7117, "http://[::1]:7117"), ("::", 1, "http://127.0.0.1:1"),
    ])
    func `knows its own address`(host: String, port: Int, address: String) {
        var settings = ServerSettings()
        settings.host = host
        #expect(settings.origin(onPort: port).description == address)
    }
}
