package import MaxCore

extension MaxError.Code {
    /// A filter cannot be read.
    package static let filterInvalid: Self = "filter_invalid"
    /// An order cannot be read.
    package static let orderInvalid: Self = "order_invalid"
    /// A list of fields cannot be read.
    package static let fieldsInvalid: Self = "fields_invalid"
    /// Words to be found cannot be read.
    package static let matchInvalid: Self = "match_invalid"
    /// A limit is out of its range.
    package static let limitInvalid: Self = "limit_invalid"
    /// The text is no record's address.
    package static let refInvalid: Self = "ref_invalid"
    /// Several connections have a record of that address.
    package static let refAmbiguous: Self = "ref_ambiguous"
    /// There is no record of that address, and never was.
    package static let recordNotFound: Self = "record_not_found"
    /// Several connections have that name.
    package static let connectionAmbiguous: Self = "connection_ambiguous"
}
