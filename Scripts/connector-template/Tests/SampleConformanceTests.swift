import MaxConnector
import MaxCore
import MaxTesting
import SampleConnector
import Testing

@Suite struct SampleConformanceTests {
    static let suite = SetupConformance(of: sample) { play in
        let (dana, erin) = ("3f9a61c07de84b52a1906fce", "b80d2e57c4194fa6837e05d1")
        let double = ProviderDouble(keys: [dana, erin]) { request in
            switch (request.path, request.key) {
            case ("/me", dana): .json(["id": "u1", "name": "Dana"])
            case ("/me", _): .json(["id": "u2", "name": "Erin"])
            case ("/items", _): .json(["items": [["id": "i1", "title": "Milk", "status": "open"]]])
            default: .notFound
            }
        }
        try await double.serve { provider in
            try await play(
                ProviderScript(
                    answers: ["baseURL": .string(provider.url)], secret: "api_token", account: dana, another: erin,
                    faults: provider.faults))
        }
    }

    @Test(arguments: SetupCheck.allCases)
    func `keeps its promises`(check: SetupCheck) async throws { try await Self.suite.run(check) }
}
