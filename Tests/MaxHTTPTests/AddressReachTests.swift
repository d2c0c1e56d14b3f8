import MaxHTTP
import Testing

struct AddressReachTests {
    @Test(arguments: [
        ("8.8.8.8", AddressReach.everywhere), ("2606:4700::1111", .everywhere), ("::ffff:8.8.8.8", .everywhere),
        ("64:ff9b::808:808", .everywhere), ("2002:808:808::1", .everywhere), ("172.32.0.1", .everywhere),
        ("100.128.0.1", .everywhere), ("127.0.0.1", .thisMachine), ("127.255.255.254", .thisMachine),
        ("0.0.0.0", .thisMachine), ("::", .thisMachine), ("::1", .thisMachine), ("::ffff:127.0.0.1", .thisMachine),
        ("64:ff9b::7f00:1", .thisMachine), ("2002:7f00:1::", .thisMachine),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", .thisMachine), ("10.0.0.1", .privateNetwork),
        ("172.16.0.1", .privateNetwork), ("172.31.255.255", .privateNetwork), ("192.168.1.1", .privateNetwork),
        ("100.64.0.1", .privateNetwork), ("fc00::1", .privateNetwork), ("fdff::1", .privateNetwork),
        ("fec0::1", .privateNetwork), ("64:ff9b:1::1", .privateNetwork), ("192.0.0.1", .nowhere),
        ("192.0.2.1", .nowhere), ("198.18.0.1", .nowhere), ("198.51.100.1", .nowhere), ("203.0.113.1", .nowhere),
        ("240.0.0.1", .nowhere), ("2001:db8::1", .nowhere), ("3fff::1", .nowhere), ("4000::1", .nowhere),
        ("5f00::1", .nowhere), ("::7f00:1", .nowhere), ("169.254.1.1", .link), ("fe80::1", .link),
        ("febf::1", .link), ("169.254.169.254", .metadata), ("::ffff:169.254.169.254", .metadata),
        ("64:ff9b::a9fe:a9fe", .metadata), ("2002:a9fe:a9fe::", .metadata), ("fd00:ec2::254", .metadata),
        ("100.100.100.200", .metadata), ("168.63.129.16", .metadata), ("224.0.0.1", .group),
        ("255.255.255.255", .group), ("ff02::1", .group),
    ])
    func `tells from where an address can be reached`(text: String, reach: AddressReach) throws {
        #expect(try #require(IPAddress(text)).reach == reach)
    }

    @Test(arguments: ["127.0.0.1", "::1", "fe80::1", "2001:db8::a:1"])
    func `writes an address as it was read`(text: String) throws {
        #expect(try #require(IPAddress(text)).text == text)
    }

    @Test(arguments: ["127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "localhost", "", "1.2.3.4.5", "::1%lo"])
    func `reads only the strict form of an address`(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
