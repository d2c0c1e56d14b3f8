import Testing

/// Views, field kinds and step kinds are closed sets: whoever switches over one names every case, so that a new case is
/// a list of compiler errors and nothing is forgotten in silence.
struct ClosedSetTests {
    /// Cases by which a switch over one of the closed sets is known.
    private static let telling: Set<String> = [
        "form", "working", "finished", "refused",  // FlowView
        "email", "choices", "oneOf", "file",  // FieldKind
        "validation", "consent", "custom",  // FlowStep.Body
    ]

    @Test func `no switch over a closed set has a default`() {
        let lax = SourceTree.files.flatMap { file in Self.laxSwitches(in: file).map { "\(file.path):\($0)" } }
        #expect(lax == [])
    }

    @Test func `a default is seen`() {
        let text = """
            switch view {
            case .form(let form): show(form)
            default: break
            }
            switch text {
            case "form", "file": (self, other) = (.form, .refused)
            default: self = .file
            }
            """
        #expect(Self.laxSwitches(in: SourceFile(path: "", module: "", text: text)) == [1])
    }

    /// The numbers of the lines where a switch begins that names a telling case and has a `default:`.
    private static func laxSwitches(in file: SourceFile) -> [Int] {
        let code = file.code
        return code.indices.filter { start in
            guard let indentation = code[start].firstMatch(of: #/^(\s*).*\bswitch .*\{\s*$/#)?.1 else { return false }
            let body = code[(start + 1)...].prefix { !$0.hasPrefix("\(indentation)}") }
            let labels = body.filter { $0.hasPrefix("\(indentation)case ") || $0.hasPrefix("\(indentation)default:") }
            let cases = labels.flatMap { $0.pattern.matches(of: #/(?:case|,)\s+\.(\w+)/#).map { String($0.1) } }
            return !telling.isDisjoint(with: cases) && labels.contains { $0.hasPrefix("\(indentation)default:") }
        }.map { $0 + 1 }
    }
}

extension String {
    /// What stands before the colon of a `case`, that of an argument label aside.
    fileprivate var pattern: Substring {
        var depth = 0
        return prefix { character in
            if character == "(" { depth += 1 } else if character == ")" { depth -= 1 }
            return character != ":" || depth > 0
        }
    }
}
