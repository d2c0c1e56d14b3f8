import Foundation

/// A folder for the pages that tests saw, where somebody wants to look at them: the setting `PAGES_FOLDER`.
enum PageAlbum {
    static func keep(_ page: String, named name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["PAGES_FOLDER"], page.hasPrefix("<!doctype") else {
            return
        }
        let plain = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let file = URL(filePath: folder).appending(path: "\(String(plain.prefix(60)))-\(page.count).html")
        try page.write(to: file, atomically: true, encoding: .utf8)
    }
}
