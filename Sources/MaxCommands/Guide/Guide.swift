internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// Everything that an agent has to know to collect and to ask, as a page of Markdown that is true here and now.
struct Guide {
    let cards: [ConnectionCard]
    let entities: [Engines.CountedEntity]
    let now: Date

    var text: String {
        [
            Self.opening, connections, collected, collecting, Self.filters, asking, Self.changes, Self.sql,
            Self.endings,
            Self.manners,
        ].joined(separator: "\n\n")
    }

    /// The words of the examples: a connection, an entity that it has, and fields of that.
    private var example: (connection: String, entity: String, text: String, group: String) {
        let largest = entities.max { $0.counts.values.reduce(0, +) < $1.counts.values.reduce(0, +) }
        let connection = largest?.counts.max { $0.value < $1.value }?.key ?? cards.first?.connection.slug
        let fields = largest?.entity.fields ?? []
        return (
            connection ?? "<connection>", largest?.entity.name ?? "<Entity>",
            fields.first(where: \.isTitle)?.name ?? fields.first?.name ?? "<field>",
            fields.first { $0.isIndexed && $0.kind == .string }?.name ?? fields.first?.name ?? "<field>"
        )
    }
}

extension Guide {
    private static let opening = """
        # Max, for agents

        Max keeps what its owner's accounts hold in one SQLite database on this machine. You ask it through the
        command `max`. Add `--json` to any command: it then never asks, and prints exactly one JSON object on standard
        output, also when it fails. A question reads the local database only; nothing but `max sync` and the setup of
        a connection calls a provider. Members you do not know may come; ignore them.
        """

    private var connections: String {
        let lines = cards.map { card in
            let (own, standing) = (card.connection, card.body.line)
            return "| `\(own.slug)` | \(own.label.cell) | \(own.connector) | \(standing.cell) |"
        }
        guard !lines.isEmpty else {
            return """
                ## Connections

                There is none yet. `max connectors --json` tells what can be connected, `max connect <connector>
                --json` names every answer that is missing. Secrets are the owner's: never ask for one, let the owner
                run the command.
                """
        }
        return """
            ## Connections

            | name | label | connector | state |
            |---|---|---|---|
            \(lines.joined(separator: "\n"))

            `max ls --json` tells them again: `connections`, each with `slug`, `label`, `connector` and `health`
            (`setup`, `sync`, `freshAt`, `records`, `action`). `action` is what mends it: `sync`, or `reconnect`,
            which only the owner can do.
            """
    }

    private var collected: String {
        let lines = entities.map { item in
            let fields = item.entity.fields.map { field in
                if case .ref(let target) = field.kind { return "\(field.name) → \(target)" }
                return field.kind == .string ? field.name : "\(field.name) (\(field.kind.word))"
            }
            let edges = item.entity.collections.map { "\($0.name) → many \($0.children)" }
            let count = item.counts.values.reduce(0, +)
            return "- `\(item.entity.name)` (\(item.entity.connector), \(Phrase.count(count, "record"))): "
                + (["id"] + fields + edges).joined(separator: ", ")
        }
        return """
            ## What is collected

            \(lines.joined(separator: "\n"))

            `max schema <Entity> --json` tells more: `entities`, each with `fields` (`name`, `kind`, `to`, `title`,
            `searched`, `indexed`), `collections` and counts by connection.
            """
    }

    private var collecting: String {
        """
        ## Collecting

        - `max sync \(example.connection) --json` fetches what changed and waits: `sync` has `id`, `state`
          (`complete`, `partial`, `failed`, `cancelled`), `records`, `counts` by entity (`added`, `changed`,
          `unchanged`, `gone`), `stages`, `missing`, `emptiness`. No record is never a bare zero: `emptiness` says by
          entity whether that is `proven`.
        - `--detach` returns at once; `max run <id> --json` then tells how it goes (`run`, the same form; `state` is
          `requested` or `running` before its end). `--full` reads everything anew, `--only <Entity>` one entity.
        - `max runs --json` lists them, `max run last --json` tells the newest, `max run cancel <id> --json` stops
          one. What was collected is kept, and the next sync goes on from there.
        - Exit code 5 means that part is missing; `missing` tells what, why, and under `healing` whether the next sync
          tries again (`next_sync`) or the owner has to act (`owner`).
        """
    }

    private var asking: String {
        let (connection, entity, text, group) = example
        return """
            ## Asking

            ```sh
            max search \(connection) \(entity) --filter "\(text) CONTAINS 'plan'" --order-by \(text) --limit 20 --json
            max search all \(entity) --match "plan*" --fields "id, \(text)" -o ndjson
            max count \(connection) \(entity) --group-by \(group) --json
            max get \(connection):\(entity)/<id> --json
            max export \(connection) \(entity) --to <folder> --format ndjson --json
            ```

            Ask a connection, a connector (all its connections) or `all`. Give `--fields` to keep answers small.

            - `search`: `records`, and `next`, null on the last page. Give `next` as `--after`, with everything else
              as it was; a cursor of another question is refused. `--limit` is from 1 to 10000.
            - A record: `ref` (what `get` takes), `connection`, `entity`, `id`, `fields`, `other` (what came besides
              the schema). A field that is not there was never told by the provider; null was told. A ref's value is
              the id of the other record.
            - `count`: `count`; with `--group-by` also `groups` (`value`, `count`) and `more`.
            - Where `search` or `count` without a condition finds nothing, `emptiness` says by connection whether that
              is `proven`, and in `words` how, or why not. Do not report a zero that is not proven as none.
            - `get`: `record`, `children` (edges: `field`, `entity`, `count`, the `first` ids) and `parents`; or
              `gone`, what it was, and `since`.
            - `export`: `files` (`path`, `entity`, `records`). Use it for more than some thousands of records.
            """
    }
}

extension String {
    /// The text as a cell of a table in Markdown.
    fileprivate var cell: String { harmless.replacing("|", with: "\\|") }
}
