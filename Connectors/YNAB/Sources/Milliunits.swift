/// An amount of money as YNAB counts it: a whole number of thousandths of the currency.
struct Milliunits: Hashable {
    let count: Int64

    /// The exact decimal, with two digits behind the point, or three where they are needed, such as `-12.34`.
    var decimal: String {
        let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: 1000)
        let digits = String(1000 + rest).dropFirst()
        return "\(count < 0 ? "-" : "")\(whole).\(digits.last == "0" ? digits.dropLast() : digits)"
    }
}
