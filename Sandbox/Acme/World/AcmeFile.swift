import NIOCore
import SandboxKit

/// A file attached to a task; the API cannot change it.
struct AcmeFile: Entity {
    static let kind = EntityKind.file
    static var shelf: WritableKeyPath<TenantState, Shelf<AcmeFile>> { \.files }

    let index: Int
    let task: Int
    let name: String
    let mime: String
    /// Bytes.
    let size: Int
    let createdAt: Timestamp

    var parent: Int { task }

    static func count(in world: World) -> Int { world.size.files }
    static func places(under parent: Int, in world: World) -> Range<Int> { world.filesOfTasks.run(of: parent) }

    init(_ index: Int, in world: World) {
        var dice = world.dice(.file, index)
        self.index = index
        task = world.filesOfTasks.parent(of: index)
        let (ending, mime) = dice.pick([("txt", "text/plain"), ("csv", "text/csv"), ("md", "text/markdown")])
        name = "\(dice.pick(WordList.fileNames)) \(index + 1).\(ending)"
        self.mime = mime
        size = dice.onceIn(20) ? 0 : 40 + dice.below(dice.onceIn(10) ? 200_000 : 4_000)
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - dice.below(30 * Timestamp.day))
    }

    func workspace(in tenant: TenantState) -> Int { tenant.workspace(ofTask: task) }

    func fields(in world: World) -> [JSONField] {
        [
            JSONField("id", id(in: world)), JSONField("name", name), JSONField("mime", mime),
            JSONField("size", .int(size)), JSONField("task_id", world.ids.id(.task, task)),
            JSONField("created_at", createdAt),
        ]
    }

    /// Writes what is in the file: exactly `size` bytes of ASCII text.
    func content(in world: World) -> ByteBuffer {
        let line = "\(id(in: world)),\(name.filter(\.isASCII)),a line of the sandbox\n"
        var buffer = ByteBuffer()
        buffer.reserveCapacity(size + line.utf8.count)
        while buffer.readableBytes < size { buffer.writeString(line) }
        return buffer.readSlice(length: size) ?? ByteBuffer()
    }
}
