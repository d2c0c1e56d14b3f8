internal import MaxCore
internal import Mustache

/// A page as a value: everything its template shows.
///
/// A pure function makes it from what the engines say. In a template a name with a leading dot is looked up in the value at
/// hand alone, one without it in the values around it too.
protocol Page: Sendable {
    /// The name of its template.
    static var template: String { get }
    var frame: Frame { get }
}

/// The console's templates, read once.
struct Templates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: What is wrong with a template; none of those that come with Max is.
    init() throws {
        MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
        var library = MustacheLibrary()
        for (name, bytes) in Self.files {
            // The library escapes character by character, and takes a quotation mark with an accent for another character.
            try library.register(
                "{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// Renders a page.
    func render<Shown: Page>(_ page: Shown) -> String {
        library.render(page, withTemplate: Shown.template) ?? ""
    }

    private static let files: [String: [UInt8]] = [
        "access": PackageResources.access_mustache,
        "action": PackageResources.action_mustache,
        "add": PackageResources.add_mustache,
        "badge": PackageResources.badge_mustache,
        "connection": PackageResources.connection_mustache,
        "device": PackageResources.device_mustache,
        "field": PackageResources.field_mustache,
        "ladder": PackageResources.ladder_mustache,
        "layout": PackageResources.layout_mustache,
        "link": PackageResources.link_mustache,
        "message": PackageResources.message_mustache,
        "notice-settings": PackageResources.notice_settings_mustache,
        "notices": PackageResources.notices_mustache,
        "pager": PackageResources.pager_mustache,
        "picks": PackageResources.picks_mustache,
        "problem": PackageResources.problem_mustache,
        "record": PackageResources.record_mustache,
        "records": PackageResources.records_mustache,
        "run": PackageResources.run_mustache,
        "server": PackageResources.server_mustache,
        "setup": PackageResources.setup_mustache,
        "setup-choice": PackageResources.setup_choice_mustache,
        "setup-finished": PackageResources.setup_finished_mustache,
        "setup-form": PackageResources.setup_form_mustache,
        "setup-leave": PackageResources.setup_leave_mustache,
        "signin": PackageResources.signin_mustache,
        "sources": PackageResources.sources_mustache,
        "sprite": PackageResources.sprite_mustache,
        "sync": PackageResources.sync_mustache,
        "table": PackageResources.table_mustache,
        "tile": PackageResources.tile_mustache,
        "time": PackageResources.time_mustache,
        "verdict": PackageResources.verdict_mustache,
        "welcome": PackageResources.welcome_mustache,
    ]
}
