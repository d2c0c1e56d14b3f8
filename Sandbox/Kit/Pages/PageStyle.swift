/// The one style sheet, light and dark.
package enum PageStyle {
    package static let path = "/assets/page.css"

    package static let sheet = """
        :root {
            color-scheme: light dark;
            --ink: light-dark(#1d2433, #e6e9f0);
            --soft: light-dark(#5b6475, #9aa4b8);
            --paper: light-dark(#ffffff, #14181f);
            --line: light-dark(#d9dde5, #303744);
            --accent: light-dark(#0b5fc0, #7db4ff);
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
        main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
        h1 { font-size: 1.75rem; margin: 0 0 .5rem }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
        a { color: var(--accent) }
        .crumb { margin: 0 0 .25rem; font-size: .9rem }
        main > table { display: block; overflow-x: auto }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line) }
        th { color: var(--soft); font-weight: 500; font-size: .85rem }
        code { user-select: all; font: .9em ui-monospace, monospace; white-space: nowrap }
        pre { padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto }
        .revoked { color: var(--soft); text-decoration: line-through }
        .new { display: grid; gap: 1rem; max-width: 28rem }
        label { display: grid; gap: .25rem }
        .check { display: flex; gap: .5rem; align-items: center }
        input, select, button { font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem }
        input, select { background: var(--paper); color: var(--ink); width: 100% }
        .check input { width: auto }
        button { justify-self: start; cursor: pointer; background: var(--accent); color: var(--paper) }
        .quiet { padding: .1rem .6rem; background: none; color: var(--accent) }
        """
}
