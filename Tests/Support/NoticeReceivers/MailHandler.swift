internal import Foundation
internal import NIOCore
internal import NIOSSL

/// One conversation of a mail server.
final class MailHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: MailReceiver.Manner
    private let tls: NIOSSLContext?
    private let mails: Arrivals<MailReceiver.Mail>
    private let commands: Arrivals<String>
    private var received = ""
    private var stage = Stage.commands
    private var mail = MailReceiver.Mail()

    /// What a line means.
    private enum Stage {
        case commands
        case user
        case password(user: String)
        case text
    }

    init(
        _ manner: MailReceiver.Manner, _ tls: NIOSSLContext?, _ mails: Arrivals<MailReceiver.Mail>,
        _ commands: Arrivals<String>
    ) {
        (self.manner, self.tls, self.mails, self.commands) = (manner, tls, mails, commands)
        mail.isEncrypted = manner.beginsWithTLS
    }

    func channelActive(context: ChannelHandlerContext) { say("220 mail.test at your service", context) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        while let end = received.firstRange(of: "\r\n") {
            let line = String(received[..<end.lowerBound])
            received = String(received[end.upperBound...])
            take(line, context)
        }
    }

    private func take(_ line: String, _ context: ChannelHandlerContext) {
        switch stage {
        case .commands: obey(line, context)
        case .user:
            stage = .password(user: decoded(line))
            say("334 UGFzc3dvcmQ6", context)
        case .password(let user):
            stage = .commands
            judge(MailReceiver.Login(user: user, password: decoded(line)), context)
        case .text where line == ".":
            stage = .commands
            if let own = manner.reply(".") { return say(own, context) }
            mails.add(mail)
            say("250 2.0.0 taken", context)
        case .text: mail.text += line + "\r\n"
        }
    }

    private func obey(_ line: String, _ context: ChannelHandlerContext) {
        commands.add(line)
        if let own = manner.reply(line) { return say(own, context) }
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first?.uppercased() {
        case "EHLO": say(greeting.joined(separator: "\r\n"), context)
        case "STARTTLS": startTLS(context)
        case "AUTH": signIn(rest, context)
        case "MAIL":
            guard manner.login == nil || mail.login != nil else { return say("530 5.7.0 sign in first", context) }
            (mail.sender, mail.recipients, mail.text) = (address(rest), [], "")
            say("250 2.1.0 fine", context)
        case "RCPT":
            mail.recipients.append(address(rest))
            say("250 2.1.5 fine", context)
        case "DATA":
            stage = .text
            say("354 go on", context)
        case "QUIT":
            say("221 2.0.0 bye", context)
            context.close(promise: nil)
        default: say("502 5.5.2 what?", context)
        }
    }

    private var greeting: [String] {
        var offers = ["mail.test", "SIZE 1000000"]
        if manner.offersTLS, tls != nil, !mail.isEncrypted { offers.append("STARTTLS") }
        if manner.login != nil, mail.isEncrypted || tls == nil {
            offers.append("AUTH \(manner.ways.joined(separator: " "))")
        }
        return offers.enumerated().map { "250\($0 == offers.count - 1 ? " " : "-")\($1)" }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        guard let tls else { return say("502 5.5.1 no", context) }
        say("220 2.0.0 go on", context)
        mail.isEncrypted = true
        try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
    }

    private func signIn(_ words: String, _ context: ChannelHandlerContext) {
        let parts = words.split(separator: " ").map(String.init)
        switch (parts.first?.uppercased(), parts.dropFirst().first) {
        case ("PLAIN"?, let answer?):
            let texts = decoded(answer).split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            guard texts.count == 3 else { return say("501 5.5.2 what?", context) }
            judge(MailReceiver.Login(user: texts[1], password: texts[2]), context)
        case ("LOGIN"?, nil):
            stage = .user
            say("334 VXNlcm5hbWU6", context)
        default: say("504 5.5.4 no", context)
        }
    }

    private func judge(_ login: MailReceiver.Login, _ context: ChannelHandlerContext) {
        guard login == manner.login else { return say("535 5.7.8 no", context) }
        mail.login = login
        say("235 2.7.0 welcome", context)
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
    }

    private func decoded(_ text: String) -> String {
        String(decoding: Data(base64Encoded: text) ?? Data(), as: UTF8.self)
    }

    /// The address between the angle brackets.
    private func address(_ text: String) -> String {
        String(text.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
    }
}
