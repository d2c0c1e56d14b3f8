/// The invented words that worlds are written with.
package enum WordList {
    /// A name and how it is spelt in an e-mail address.
    package struct Name: Sendable {
        package let name: String
        package let ascii: String

        init(_ name: String, _ ascii: String? = nil) {
            self.name = name
            self.ascii = ascii ?? name.lowercased()
        }
    }

    package static let firstNames: [Name] = [
        Name("Ada"), Name("Björn", "bjoern"), Name("Chloé", "chloe"), Name("Devi"), Name("Emre"), Name("Farah"),
        Name("Grace"), Name("Hannah"), Name("Ines"), Name("José", "jose"), Name("Kofi"), Name("Łukasz", "lukasz"),
        Name("Mina"), Name("Noor"), Name("Olga"), Name("Priya"), Name("Quentin"), Name("Rosa"), Name("Søren", "soren"),
        Name("Tariq"), Name("Uma"), Name("Vera"), Name("Wei"), Name("Xenia"), Name("Yusuf"), Name("Zoë", "zoe"),
        Name("美咲", "misaki"), Name("Дарья", "darya"), Name("Nguyệt", "nguyet"), Name("Tom"),
    ]

    package static let lastNames: [Name] = [
        Name("Abbott"), Name("Brennan"), Name("Çelik", "celik"), Name("Dahl"), Name("Eriksen"), Name("Fontaine"),
        Name("García", "garcia"), Name("Hartmann"), Name("Iyer"), Name("Jansen"), Name("Kowalski"), Name("Lindqvist"),
        Name("Müller", "mueller"), Name("Novák", "novak"), Name("O’Neill", "oneill"), Name("Petrov"), Name("Quiroga"),
        Name("Rossi"), Name("Sato"), Name("Tremblay"), Name("Underwood"), Name("Vasquez"), Name("Whitfield"),
        Name("Yamada"), Name("Ziegler"), Name("Ångström", "angstrom"), Name("高橋", "takahashi"),
    ]

    package static let plants = [
        "Juniper", "Willow", "Larch", "Fennel", "Hazel", "Sorrel", "Clover", "Aspen", "Rowan", "Bracken", "Yarrow",
        "Alder", "Sage", "Maple", "Thistle", "Cedar",
    ]
    package static let teams = [
        "Studio", "Operations", "Field Work", "Research", "Küche & Lager", "Publishing", "Repairs", "Events", "Exports",
        "Archive",
    ]
    package static let ventures = [
        "Website relaunch", "Warehouse move", "Spring catalogue", "Café kiosk", "Payroll switch", "Customer survey",
        "Night bus pilot", "Recycling scheme", "Museum audio guide", "Orchard mapping", "Winter menu", "Radio series",
        "Bike fleet", "Support handbook", "Supplier audit", "Übersetzung der Anleitung", "Rooftop garden",
    ]
    package static let verbs = [
        "Draft", "Review", "Fix", "Order", "Measure", "Translate", "Test", "Archive", "Call about", "Plan", "Rewrite",
        "Collect", "Estimate", "Publish", "Clean up", "Compare",
    ]
    package static let things = [
        "the onboarding checklist", "invoice templates", "the loading dock door", "a quote for shelving",
        "the “Contact us” form", "seating for the workshop", "photo captions", "the naïve search ranking",
        "label printer settings", "the Q3 numbers", "first-aid supplies", "the crème brûlée recipe card",
        "backup restore times", "the visitor badges", "delivery routes 4 & 7", "the <draft> price list",
        "interview notes", "the 東京 office lease", "menu prices in €", "the newsletter 📬", "keys for locker 12",
    ]
    package static let sentences = [
        "Ask the people who use it every day before changing anything.", "The last attempt stalled on the paperwork.",
        "Numbers are in the shared sheet; the second tab is the right one.", "Keep it short.",
        "Wait for the supplier’s answer, then decide.", "“Good enough by Friday” was the agreement.",
        "Needs a second pair of eyes.\nTwo, if they are free.", "Same as last year, with fewer surprises.",
    ]
    package static let labels = ["urgent", "waiting", "quick win", "customer", "internal", "idée", "risk", "follow-up"]
    package static let customers = [
        "Harbour Bakery", "Northgate School", "Café Ölwerk", "Tidewater Books", "Sunday Market",
    ]
    package static let fileNames = [
        "notes", "floor-plan", "quote", "minutes", "price list", "résumé of changes", "photos", "stock", "timetable",
    ]
}
