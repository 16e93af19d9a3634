using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Reactions.Rules.Editing;

/// <summary>Rules that are being written: kept, read and published. A draft never runs; the rule that is published goes on as it is.</summary>
public sealed class RuleDrafting(
    IRuleDrafts drafts,
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    WebhookSecrets secrets,
    IClock clock
)
{
    /// <summary>The version of a rule that works now; 0 for one that was never published.</summary>
    public int VersionOf(string rule) => configuration.Snapshot.VersionOf<RuleDocument>(rule);

    /// <summary>The rule that a draft writes.</summary>
    public static RuleDocument Read(RuleDraft draft) =>
        (RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, draft.Document);

    /// <summary>Keeps a rule as its draft, finished or not. Secrets are taken out first, so that no draft ever holds what was typed.</summary>
    /// <param name="rule">The rule; secrets that cannot be kept, as <see cref="WebhookSecrets.ProblemsOf"/> tells, are lost.</param>
    /// <param name="read">The draft in whose place it comes, as it was read; null for none.</param>
    /// <param name="version">The version that it was begun from; 0 for a rule that was never published.</param>
    /// <returns>Null when another draft was kept meanwhile: that one stays.</returns>
    public async Task<RuleDraft?> KeepAsync(
        RuleDocument rule,
        RuleDraft? read,
        int version,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var kept = WebhookSecrets.Without(await secrets.TakeOutAsync(rule, isTrial: false, cancellation));
        var draft = new RuleDraft(rule.Id, version, documents.ToJson(kept), by, clock.GetCurrentInstant());
        return await drafts.ReplaceAsync(read, draft, cancellation) ? draft : null;
    }

    /// <summary>Writes a rule as the next version of its document; its draft has then done its work.</summary>
    /// <param name="version">The version that it was begun from; another one is a conflict.</param>
    /// <param name="read">The draft that is published, as it was read; null for none. One that was kept meanwhile stays.</param>
    public async Task<ConfigurationOutcome> PublishAsync(
        RuleDocument rule,
        int version,
        RuleDraft? read,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var outcome = await editor.SaveAsync(documents.ToYaml(rule), version, author, cancellation);
        if (read is not null && outcome.Status is (ConfigurationStatus.Written or ConfigurationStatus.Unchanged))
        {
            await drafts.RemoveAsync(read, CancellationToken.None);
        }

        return outcome;
    }
}
