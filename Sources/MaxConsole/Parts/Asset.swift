/// A file that pages refer to.
enum Asset: String, CaseIterable {
    case style = "console.css"
    case script = "console.js"
    case icon = "max.svg"

    var bytes: [UInt8] {
        switch self {
        case .style: PackageResources.console_css
        case .script: PackageResources.console_js
        case .icon: PackageResources.max_svg
        }
    }

    var mediaType: String {
        switch self {
        case .style: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    /// A word that changes with any of them, so that browsers may keep them for ever.
    static let version = digest(of: allCases.map(\.bytes))

    /// The FNV-1a hash of some bytes in hexadecimal: told apart, not kept safe.
    static func digest(of parts: [some Sequence<UInt8>]) -> String {
        let hash = parts.joined().reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
