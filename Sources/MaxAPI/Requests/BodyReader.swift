internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxHub
internal import MaxServer
internal import MaxWire
internal import NIOCore

extension Route {
    /// The most bytes a body has.
    private static let mostBytes = 256 << 10

    /// Reads what was sent with a request, and holds it against its shape.
    ///
    /// - Returns: Null when nothing was sent.
    /// - Throws: ``MaxServer/Refusal`` with status 400, 413, 415 or 422.
    func readBody(_ request: Request, _ context: ServerContext) async throws -> JSON {
        switch body {
        case .none: return .null
        case .form(let shape): return try shape.read(context.openForm())
        case .json(let shape), .maybe(let shape):
            guard !context.hasForm else { throw Self.jsonExpected }
            let bytes = try await context.body(of: request, atMost: Self.mostBytes)
            if bytes.readableBytes == 0, case .maybe = body { return .null }
            guard request.sendsJSON else { throw Self.jsonExpected }
            let json = try JSON(strictly: bytes.readableBytesView)
            do { try Schema.shape(shape).check(json) } catch { throw Refusal(error) }
            return json
        }
    }

    private static var jsonExpected: Refusal {
        Refusal(
            .unsupportedMediaType, "json_expected", "A JSON object was expected.",
            fix: "Send it with Content-Type: application/json.")
    }
}

extension Request {
    /// Whether the body says that it is JSON in UTF-8.
    fileprivate var sendsJSON: Bool {
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return parts.first == "application/json" && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }
}

extension Shape {
    /// The fields of a form that the shape knows, as an object.
    fileprivate func read(_ form: FormBody) throws -> JSON {
        var members: [String: JSON] = [:]
        for member in self.members {
            let values = form.values(member.name).filter { !$0.isEmpty }
            guard let value = values.first else {
                guard member.isRequired else { continue }
                throw DeviceRefusal("invalid_request", "The field \(member.name.quoted) is needed.")
            }
            guard values.count == 1 else {
                throw DeviceRefusal("invalid_request", "The field \(member.name.quoted) comes twice.")
            }
            members[member.name] = .string(value)
        }
        return .object(members)
    }
}

extension Refusal {
    /// The refusal of a body that is JSON, and not the JSON that is asked for.
    init(_ misfit: Misfit) {
        var problem = ProblemBody(MaxError("body_unfit", misfit.sentence, fix: misfit.fix))
        problem.field = misfit.path.isEmpty ? nil : misfit.place
        self.init(.unprocessableContent, problem)
    }
}

extension Refusal {
    /// The refusal of an object that says something twice: readers differ in which of the two counts.
    fileprivate init(twice place: String) {
        var problem = ProblemBody(
            MaxError(
                "member_twice", "The body says \(place.shown(atMost: 80).quoted) twice.", fix: "Say it once."))
        problem.field = place
        self.init(.badRequest, problem)
    }
}

extension JSON {
    /// How many arrays and objects may lie in each other.
    private static let mostDepth = 32

    /// Parses text that may come from anyone.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 400.
    init(strictly bytes: ByteBufferView) throws {
        guard Self.depth(of: bytes) <= Self.mostDepth, let json = try? JSON(parsing: Data(bytes)) else {
            throw Refusal(
                .badRequest, "json_invalid",
                "The body is no JSON, or is nested more than \(Self.mostDepth) levels deep.",
                fix: "Send one JSON object in UTF-8.")
        }
        if let twice = RepeatedMember.place(in: Array(bytes)) { throw Refusal(twice: twice) }
        self = json
    }

    /// How deep the brackets outside of texts are nested, whether or not they fit together.
    private static func depth(of bytes: ByteBufferView) -> Int {
        var (depth, most, isText, isEscaped) = (0, 0, false, false)
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "["), UInt8(ascii: "{"): if !isText { depth += 1 }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): if !isText { depth -= 1 }
            default: break
            }
            most = max(most, depth)
        }
        return most
    }
}
