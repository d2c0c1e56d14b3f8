import MaxCore
import Testing

struct RefTests {
    @Test(arguments: [
        Ref("AcmeTask", "tsk_1"), Ref("AcmeTask", "a/b:c"), Ref("AcmeTask", "x", in: .connection("acme-dana")),
        Ref("AcmeTask", "ü 1", in: .connection("acme")),
    ])
    func `comes back from its text as it was`(ref: Ref) {
        #expect(Ref(ref.description) == ref)
    }

    @Test func `names its connection only across connections`() {
        #expect("\(Ref("AcmeTask", "tsk_1"))" == "AcmeTask/tsk_1")
        #expect("\(Ref("AcmeTask", "tsk_1", in: .connection("acme-dana")))" == "acme-dana:AcmeTask/tsk_1")
    }

    @Test(arguments: ["", "AcmeTask", "/tsk_1", "AcmeTask/", ":AcmeTask/tsk_1", "a:b:AcmeTask/tsk_1", "acme:/tsk_1"])
    func `refuses what is no address of a record`(text: String) {
        #expect(Ref(text) == nil)
    }
}
