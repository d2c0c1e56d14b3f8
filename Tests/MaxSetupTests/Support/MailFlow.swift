import Foundation
import MaxConnector
import MaxCore

struct MailConfig: ConnectorConfig {
    var server: URL
    var folder: String
}

enum MailCredentials {
    static let password = Credential.string("password", label: "App password")
    static let hint = Credential.string("hint", label: "Second factor")
}

/// Address, secrets, check, choice: the shape of most flows.
let mailFlow = OnboardingFlow<MailConfig> {
    InputStep("Server") { Input(\.server, "Address") }
    InputStep("Password") {
        Secret(MailCredentials.password)
        Secret(MailCredentials.hint, required: false)
    }
    ValidationStep("Check") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        switch text {
        case "wrong": throw Problem("credential_refused", .auth, "Mail refused this.", rung: .signIn)
        case "closed": throw Problem("imap_disabled", .auth, "Mail lets no program in.", rung: .signIn)
        case "echo-secret": throw Problem("provider_failed", .retryable, "Mail failed (“\(text)”).", rung: .answer)
        case "hang": try await Task.sleep(for: .seconds(600))
        case "crash": throw CocoaError(.fileNoSuchFile)
        default: break
        }
        return Identity(id: text, label: "\(text)@mail.test")
    }
    SelectStep(\.folder, "Folder") { _, context in
        let text = try await context.credentials.get(MailCredentials.password).get().withText { $0 }
        if text == "none" { return [] }
        return text == "many" ? [Choice("In", value: "in"), Choice("Out", value: "out")] : [Choice("In", value: "in")]
    }
}
