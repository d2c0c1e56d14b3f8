/// A question had no answer where there had to be one.
struct NothingFound: Error {}
