import Foundation

/// A way in which bytes stand for text, by the name that mail gives it.
///
/// Names come from strangers, so only those of the table are ever handed to the system's converter. Names stand for
/// what is really sent under them, as browsers read them (encoding.spec.whatwg.org): `iso-8859-1` is Windows-1252,
/// `gb2312` is GB 18030.
enum Charset {
    /// Decodes bytes; whatever cannot be read becomes a replacement character.
    ///
    /// Under no name, or one that is not known, bytes are UTF-8 where they can be and Windows-1252 where not.
    static func text(_ bytes: Bytes, _ name: String?) -> String {
        let converter = name.flatMap { converters[label($0)] }
        if converter?.isStateful != true, bytes.isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let converter else { return guess(bytes) }
        if converter.name == "UTF-8" { return String(decoding: bytes, as: UTF8.self) }
        return convert(bytes, from: converter.name) ?? guess(bytes)
    }

    /// Decodes bytes as ``text(_:_:)`` does, into UTF-8, which they mostly are.
    static func utf8(_ bytes: Bytes, _ name: String?) -> Bytes {
        let converter = name.flatMap { converters[label($0)] }
        if converter?.isStateful != true, bytes.isASCII { return bytes }
        let mayBeUTF8 = converter.map { $0.name == "UTF-8" } ?? true
        if mayBeUTF8, String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return Array(text(bytes, name).utf8)[...]
    }

    /// Decodes bytes of which nobody says what they are.
    static func guess(_ bytes: Bytes) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return convert(bytes, from: "CP1252") ?? String(decoding: bytes, as: UTF8.self)
    }

    /// The name as the table has it: lower case, without quotes, and `_` as `-`.
    private static func label(_ name: String) -> String {
        String(
            decoding: name.utf8.lazy.filter { $0 != .quote && $0 != .apostrophe && !$0.isBlank }
                .map { $0 == .underscore ? .dash : $0.lowercased }.prefix(40), as: UTF8.self)
    }

    private struct Converter {
        let name: String
        /// Whether ASCII bytes may stand for something else than ASCII.
        var isStateful = false
    }

    private static let converters: [String: Converter] = {
        var table: [String: Converter] = [:]
        for (converter, names) in plain {
            for name in names.split(separator: " ") { table[String(name)] = Converter(name: converter) }
        }
        for (converter, names) in stateful {
            for name in names.split(separator: " ") {
                table[String(name)] = Converter(name: converter, isStateful: true)
            }
        }
        return table
    }()

    private static let plain: [(String, String)] = [
        ("UTF-8", "utf-8 utf8 unicode-1-1-utf-8 us-ascii ascii ansi-x3.4-1968 iso-ir-6 646"),
        ("CP1252", "iso-8859-1 iso8859-1 latin1 latin-1 l1 windows-1252 cp1252 x-cp1252 ansi 8bit unknown-8bit"),
        ("CP1250", "windows-1250 cp1250 x-cp1250"), ("CP1251", "windows-1251 cp1251 x-cp1251"),
        ("CP1253", "windows-1253 cp1253"), ("CP1254", "windows-1254 cp1254 iso-8859-9 iso8859-9 latin5"),
        ("CP1255", "windows-1255 cp1255"), ("CP1256", "windows-1256 cp1256"), ("CP1257", "windows-1257 cp1257"),
        ("CP1258", "windows-1258 cp1258"), ("CP874", "windows-874 tis-620 iso-8859-11 cp874"),
        ("ISO-8859-2", "iso-8859-2 iso8859-2 latin2 latin-2"), ("ISO-8859-3", "iso-8859-3 latin3"),
        ("ISO-8859-4", "iso-8859-4 latin4"), ("ISO-8859-5", "iso-8859-5 cyrillic"),
        ("ISO-8859-6", "iso-8859-6 iso-8859-6-i iso-8859-6-e arabic"), ("ISO-8859-7", "iso-8859-7 greek"),
        ("ISO-8859-8", "iso-8859-8 iso-8859-8-i iso-8859-8-e hebrew"), ("ISO-8859-10", "iso-8859-10 latin6"),
        ("ISO-8859-13", "iso-8859-13"), ("ISO-8859-14", "iso-8859-14"),
        ("ISO-8859-15", "iso-8859-15 iso8859-15 latin9 latin-9"), ("ISO-8859-16", "iso-8859-16"),
        ("KOI8-R", "koi8-r koi8 koi"), ("KOI8-U", "koi8-u koi8-ru"), ("IBM866", "ibm866 cp866 866"),
        ("IBM850", "ibm850 cp850"), ("IBM437", "ibm437 cp437"), ("MACINTOSH", "macintosh mac x-mac-roman"),
        ("GB18030", "gb18030 gbk gb2312 gb-2312-80 x-gbk cp936 windows-936 euc-cn"),
        ("BIG5-HKSCS", "big5 big5-hkscs cn-big5 x-x-big5 cp950"),
        ("EUC-JP", "euc-jp x-euc-jp"), ("CP932", "shift-jis sjis x-sjis ms-kanji windows-31j cp932 ms932"),
        ("CP949", "euc-kr ks-c-5601-1987 ks-c-5601 ksc5601 korean windows-949 cp949 uhc"),
    ]

    private static let stateful: [(String, String)] = [
        ("UTF-16", "utf-16"), ("UTF-16LE", "utf-16le ucs-2 unicode"), ("UTF-16BE", "utf-16be"),
        ("UTF-32", "utf-32"), ("UTF-7", "utf-7 unicode-1-1-utf-7"), ("ISO-2022-JP-3", "iso-2022-jp csiso2022jp"),
        ("ISO-2022-JP-2", "iso-2022-jp-2"), ("ISO-2022-KR", "iso-2022-kr"),
    ]

    /// Converts with the system's `iconv`, one unreadable byte after the other replaced; nil when it has no such converter.
    private static func convert(_ bytes: Bytes, from name: String) -> String? {
        guard let handle = iconv_open("UTF-8", name), Int(bitPattern: handle) != -1 else { return nil }
        defer { iconv_close(handle) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        var input = Array(bytes)
        let isDone = input.withUnsafeMutableBytes { run(handle, $0, into: &output) }
        return isDone ? String(decoding: output, as: UTF8.self) : nil
    }

    private static func run(
        _ handle: iconv_t, _ input: UnsafeMutableRawBufferPointer, into output: inout [UInt8]
    ) -> Bool {
        guard let base = input.baseAddress else { return true }
        var next: UnsafeMutablePointer<CChar>? = base.assumingMemoryBound(to: CChar.self)
        var left = input.count
        let replacement: [UInt8] = [0xef, 0xbf, 0xbd]
        let room = 4096
        while true {
            var written = room
            var failure: Int32 = 0
            output.append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                    buffer.withMemoryRebound(to: CChar.self) { buffer in
                        var place = buffer.baseAddress
                        // The call without input ends the text: what a converter holds back comes out.
                        let result =
                            left > 0
                            ? iconv(handle, &next, &left, &place, &written)
                            : iconv(handle, nil, nil, &place, &written)
                        failure = result == -1 ? errno : 0
                    }
                    count = room - written
                })
            switch failure {
            case 0 where left == 0 && written == room: return true
            case 0: continue
            case E2BIG where written < room: continue
            case EILSEQ, EINVAL:
                guard left > 0 else { return true }
                output += replacement
                next = next?.advanced(by: 1)
                left -= 1
            default: return false
            }
        }
    }
}
