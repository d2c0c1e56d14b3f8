// swift-tools-version: 6.2
import PackageDescription

// The house. Floors are explained in ARCHITECTURE.md; Tests/LayeringTests holds every target to them.

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

/// The connectors that come with Max; `make new-connector NAME=…` adds the next.
let connectors = [
    "Acme",
    "GitHub",
    "Gmail",
    "YNAB",
]

/// What the tests of a connector need besides what all of them do.
let connectorTestSupport: [String: [Target.Dependency]] = [
    "GitHub": ["AnswerShapes", "HostileServer"], "Gmail": ["Dovecot", "HostileServer", nioCore, nioSSL],
    "YNAB": ["AnswerShapes", "HostileServer"],
]

/// The providers that have a double of their own under Sandbox/.
let sandboxes = ["Acme", "GitHub", "Gmail", "YNAB"]

let package = Package(
    name: "max",
    products: [
        .executable(name: "max", targets: ["max"]),
        .library(name: "MaxConnector", targets: ["MaxCore", "MaxConnector"]),
        .library(name: "MaxTesting", targets: ["MaxTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // 0 SDK
        .target(name: "MaxCore"),
        .target(name: "MaxConnector", dependencies: ["MaxCore"]),
        // 1 language
        .target(name: "MaxHub", dependencies: ["MaxCore", "MaxConnector"]),
        .target(name: "MaxWire", dependencies: ["MaxCore", "MaxConnector", "MaxHub"]),
        // 2 engines
        .target(name: "MaxSetup", dependencies: ["MaxCore", "MaxConnector", "MaxHub"]),
        .target(name: "MaxSync", dependencies: ["MaxCore", "MaxConnector", "MaxHub"]),
        .target(name: "MaxQuery", dependencies: ["MaxCore", "MaxConnector", "MaxHub"]),
        .target(name: "MaxVault", dependencies: ["MaxCore", "MaxConnector", "MaxHub", crypto, cryptoExtras]),
        .target(name: "MaxAccess", dependencies: ["MaxCore", "MaxHub", crypto, cryptoExtras]),
        .target(name: "MaxNotices", dependencies: ["MaxCore", "MaxConnector", "MaxHub", crypto]),
        // 3 adapters
        .target(name: "CHeap"),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "MaxStore", dependencies: ["MaxCore", "MaxConnector", "MaxHub", "CSimdjson", grdb, grdbSQLite]),
        .target(
            name: "MaxHTTP",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", asyncHTTPClient, nioCore, nioPosix, nioHTTP1,
                nioHTTPCompression, nioSSL, nioTLS,
            ]),
        .target(name: "MaxTerminal"),
        .target(
            name: "SandboxKit",
            dependencies: [hummingbird, hummingbirdCore, httpTypes, logging, nioCore, nioHTTP1],
            path: "Sandbox/Kit", exclude: ["README.md"]),
        .target(
            name: "BundledConnectors",
            dependencies: ["MaxCore", "MaxConnector", "SandboxKit"] + connectors.map { .target(name: "\($0)Connector") }
                + sandboxes.map { .target(name: "\($0)Sandbox") }),
        // 4 faces
        .target(
            name: "MaxEngines",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault",
                "MaxNotices",
            ]),
        .target(
            name: "MaxServer",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault",
                "MaxAccess", "MaxNotices", "MaxEngines", "CHeap", hummingbird, hummingbirdCore, hummingbirdTLS,
                httpTypes, logging, nioCore, nioHTTPTypes, nioSSL, serviceLifecycle,
            ]),
        .target(
            name: "MaxConsole",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxAccess",
                "MaxNotices", "MaxEngines", "MaxServer", hummingbird, httpTypes, mustache, nioCore,
            ], resources: [.embedInCode("Resources")]),
        .target(
            name: "MaxAPI",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxAccess",
                "MaxNotices", "MaxEngines", "MaxServer", hummingbird, httpTypes, nioCore,
            ]),
        .target(
            name: "MaxClient",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", asyncHTTPClient, nioCore, nioHTTP1, nioSSL,
            ]),
        .target(
            name: "MaxCommands",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault",
                "MaxAccess", "MaxNotices", "MaxEngines", "MaxServer", "MaxConsole", "MaxAPI", "MaxClient", "MaxStore",
                "MaxHTTP", "MaxTerminal", argumentParser, logging,
            ]),
        .target(
            name: "MaxTesting",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxSync", "MaxVault", "MaxStore", "MaxHTTP", nioCore,
                nioPosix, nioHTTP1,
            ]),
        // 5 executable
        .executableTarget(name: "max", dependencies: ["MaxCommands", "BundledConnectors"]),
        .executableTarget(
            name: "max-benchmarks",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault", "MaxAccess",
                "MaxEngines", "MaxStore", "MaxHTTP", "AcmeSandbox", "AcmeConnector", "GitHubSandbox", "GmailConnector",
                "PseudoTerminal", "Dovecot", "HostileServer", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioSSL,
            ], path: "Benchmarks",
            exclude: ["Bare", "GitHub/store_issues.py", "GitHub/requirements.txt", "Gmail/fetch.py"]),
        // The scaffold that `make new-connector` copies
        .target(
            name: "SampleConnector", dependencies: ["MaxCore", "MaxConnector"],
            path: "Scripts/connector-template/Sources"),
        .testTarget(
            name: "SampleConformanceTests", dependencies: ["SampleConnector", "MaxCore", "MaxConnector", "MaxTesting"],
            path: "Scripts/connector-template/Tests"),
        // Tests and what they share
        .target(name: "PseudoTerminal", path: "Tests/Support/PseudoTerminal"),
        .executableTarget(name: "TerminalProbe", dependencies: ["MaxTerminal"], path: "Tests/Support/TerminalProbe"),
        .target(
            name: "HostileServer", dependencies: [nioCore, nioPosix, nioHTTP1, nioSSL],
            path: "Tests/Support/HostileServer"),
        .target(
            name: "BareClient", dependencies: ["SandboxKit", nioCore, nioPosix], path: "Tests/Support/BareClient"),
        .target(name: "AnswerShapes", dependencies: ["MaxCore"], path: "Tests/Support/AnswerShapes"),
        .target(
            name: "NoticeReceivers", dependencies: [nioCore, nioPosix, nioHTTP1, nioSSL],
            path: "Tests/Support/NoticeReceivers"),
        .target(name: "Dovecot", dependencies: ["HostileServer"], path: "Tests/Support/Dovecot"),
        .executableTarget(
            name: "CrashHost",
            dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxEngines", "MaxCommands", "BundledConnectors"],
            path: "Tests/Support/CrashHost"),
        .testTarget(
            name: "Journeys",
            dependencies: [
                "max", "CrashHost", "AcmeSandbox", "GitHubSandbox", "GmailSandbox", "YNABSandbox", "HostileServer",
                "NoticeReceivers", "PseudoTerminal", "SandboxKit", "MaxCore", "MaxTesting", grdb,
            ], path: "Tests/Journeys"),
        .testTarget(name: "LayeringTests"),
        .testTarget(name: "DocumentationTests"),
        .testTarget(name: "ScriptsTests"),
        .testTarget(name: "MaxCoreTests", dependencies: ["MaxCore"]),
        .testTarget(name: "MaxConnectorTests", dependencies: ["MaxCore", "MaxConnector"]),
        .testTarget(name: "MaxHubTests", dependencies: ["MaxCore", "MaxConnector", "MaxHub"]),
        .testTarget(
            name: "MaxSetupTests", dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxStore"]),
        .testTarget(
            name: "EngineTests",
            dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxVault", "MaxStore"]),
        .testTarget(
            name: "MaxSyncTests",
            dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxSync", "MaxStore"]),
        .testTarget(
            name: "MaxQueryTests",
            dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxQuery", "MaxStore"]),
        .testTarget(name: "MaxAccessTests", dependencies: ["MaxCore", "MaxHub", "MaxAccess", "MaxStore"]),
        .testTarget(
            name: "MaxNoticesTests",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxNotices", "MaxStore", "MaxVault", "MaxHTTP", "HostileServer",
                "NoticeReceivers", nioSSL,
            ]),
        .testTarget(
            name: "MaxServerTests",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxVault", "MaxAccess", "MaxEngines", "MaxServer",
                "MaxStore", "MaxHTTP", grdb, httpTypes, hummingbird, hummingbirdTesting, logging, nioCore, nioPosix,
            ]),
        .testTarget(
            name: "MaxConsoleTests",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxSync", "MaxVault", "MaxAccess", "MaxEngines",
                "MaxServer", "MaxConsole", "MaxStore", "MaxHTTP", "MaxWire", "BundledConnectors", httpTypes,
                hummingbird, hummingbirdTesting, nioCore,
            ]),
        .testTarget(
            name: "MaxAPITests",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxVault", "MaxAccess",
                "MaxEngines", "MaxServer", "MaxAPI", "MaxStore", "MaxHTTP", "BundledConnectors", httpTypes, hummingbird,
                hummingbirdTesting, nioCore,
            ]),
        .testTarget(
            name: "MaxClientTests",
            dependencies: [
                "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxVault", "MaxAccess",
                "MaxEngines", "MaxServer", "MaxAPI", "MaxConsole", "MaxClient", "MaxStore", "MaxHTTP",
                "AcmeConnector", "BundledConnectors", "HostileServer", httpTypes, hummingbird, hummingbirdTesting,
                logging, nioCore,
            ]),
        .testTarget(name: "MaxVaultTests", dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxVault", crypto]),
        .testTarget(name: "MaxStoreTests", dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxStore", grdb]),
        .testTarget(
            name: "MaxHTTPTests",
            dependencies: ["MaxCore", "MaxConnector", "MaxHub", "MaxHTTP", "HostileServer", nioSSL]),
        .testTarget(name: "MaxTestingTests", dependencies: ["MaxCore", "MaxConnector", "MaxTesting"]),
        .testTarget(name: "MaxTerminalTests", dependencies: ["MaxTerminal", "PseudoTerminal", "TerminalProbe"]),
        .testTarget(
            name: "AcmeSandboxTests",
            dependencies: ["AcmeSandbox", "SandboxKit", "BareClient", crypto, nioCore, nioPosix]),
        .testTarget(name: "GitHubSandboxTests", dependencies: ["GitHubSandbox", "SandboxKit", "BareClient"]),
    ],
    cxxLanguageStandard: .cxx17
)

for name in connectors {
    let sandbox: [Target.Dependency] = sandboxes.contains(name) ? [.target(name: "\(name)Sandbox")] : []
    package.targets += [
        .target(
            name: "\(name)Connector", dependencies: ["MaxCore", "MaxConnector"], path: "Connectors/\(name)/Sources"),
        .testTarget(
            name: "\(name)ConnectorTests",
            dependencies: [
                .target(name: "\(name)Connector"), "MaxCore", "MaxConnector", "MaxHub", "MaxHTTP", "MaxTesting",
            ] + sandbox + connectorTestSupport[name, default: []], path: "Connectors/\(name)/Tests"),
    ]
}

for name in sandboxes {
    package.targets += [
        .target(
            name: "\(name)Sandbox",
            dependencies: ["SandboxKit", crypto, hummingbird, httpTypes, nioCore, nioHTTP1, nioPosix],
            path: "Sandbox/\(name)", exclude: ["README.md"])
    ]
}

for target in package.targets where target.name != "CSimdjson" {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .treatAllWarnings(as: .error),
    ]
}
