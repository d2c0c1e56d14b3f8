internal import MaxConnector
internal import MaxCore

/// What is told of a mail server that does not take a message.
///
/// Of its own words nothing is repeated: it has heard the password, and may say it.
extension Problem {
    static func mailNotUnderstood(_ server: String) -> Problem {
        Problem(
            "answer_not_understood", .retryable, "\(server) does not answer as a mail server does.", rung: .answer,
            fix: .action("Check the host and the port."))
    }

    static func mailServerGone(_ server: String) -> Problem {
        Problem(
            "connection_closed", .retryable, "\(server) closed the connection before it had taken the message.",
            rung: .answer, fix: .action("Try again in a few minutes."))
    }

    static func mailServerSlow(_ server: String) -> Problem {
        Problem(
            "provider_slow", .retryable, "\(server) did not take the message in time.", rung: .answer,
            fix: .action("Try again in a few minutes."))
    }

    static func mailChanged(_ server: String) -> Problem {
        Problem(
            "mail_changed", .retryable, "Mail was set up anew while \(server) was spoken to.", rung: .signIn,
            fix: .action("Try again."))
    }

    static func mailServerBusy(_ server: String, _ reply: SMTPReply) -> Problem {
        Problem(
            "mail_server_busy", reply.isTransient ? .retryable : .permanent,
            reply.isTransient
                ? "\(server) takes no mail at the moment." : "\(server) takes no mail from this machine.",
            rung: .answer, fix: .action("Try again in a few minutes; if it stays so, ask whoever runs it."))
    }

    static func tlsNotOffered(_ server: String) -> Problem {
        Problem(
            "tls_not_offered", .permanent,
            "\(server) does not offer to encrypt the connection, so neither a password nor a message is sent to it.",
            rung: .tls, fix: .action("Use its port for TLS, 465 as a rule."))
    }

    static func signInNotOffered(_ server: String) -> Problem {
        Problem(
            "sign_in_not_offered", .permanent,
            "\(server) offers none of the ways to sign in that Max knows (PLAIN and LOGIN).", rung: .signIn,
            fix: .action("Check the port, or leave the user name out if it asks for none."))
    }

    static func mailPasswordRefused(_ server: String, _ password: CredentialHandle<SecretValue>) -> Problem {
        Problem(
            "credential_refused", .auth, "\(server) rejected this user name and password.", field: password.name,
            rung: .signIn, fix: .action("Many providers want an app password here. Set it with max mail set."))
    }

    static func senderRefused(_ server: String, _ sender: MailAddress, _ reply: SMTPReply) -> Problem {
        if reply.code == 530 || reply.detail?.hasPrefix("7.") == true {
            return Problem(
                "mail_sender_refused", .permanent, "\(server) takes no mail from \(sender) without signing in.",
                rung: .answer, fix: .action("Give the user name that may send as \(sender)."))
        }
        return refused("mail_sender_refused", reply, "\(server) takes no mail from \(sender).", "Check that address.")
    }

    static func recipientRefused(_ server: String, _ recipient: MailAddress, _ reply: SMTPReply) -> Problem {
        let cause =
            switch reply.detail {
            case "1.1", "1.10"?: ": there is no such mailbox"
            case "2.1"?: ": the mailbox is closed"
            case "2.2"?: ": the mailbox is full"
            case "7.1"?: ": it may not be sent to from here"
            case .some, nil: ""
            }
        return refused(
            "mail_recipient_refused", reply, "\(server) takes no mail for \(recipient)\(cause).", "Check that address.")
    }

    static func messageRefused(_ server: String, _ reply: SMTPReply) -> Problem {
        refused("mail_refused", reply, "\(server) did not take the message.", "Ask whoever runs it.")
    }

    private static func refused(_ code: String, _ reply: SMTPReply, _ sentence: String, _ fix: String) -> Problem {
        Problem(code, reply.isTransient ? .retryable : .permanent, sentence, rung: .answer, fix: .action(fix))
    }
}
