using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Takes secrets out of rules that were written when documents still held them: every version, and drafts.</summary>
public sealed class SecretsOutOfDocuments(
    IDocumentStore documents,
    IRuleDrafts drafts,
    WebhookSecrets secrets,
    DocumentText text
) : IStartupStep
{
    // In stored JSON, whatever else is written there, a key stands so.
    private const string Mark = "\"secret\"";

    public int Order => StartupOrder.Storage + 50;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var version in await documents.AllVersionsAsync([DocumentKinds.Rule], cancellation))
        {
            if (await WithoutAsync(version.Json, cancellation) is { } json)
            {
                await documents.ReplaceAsync(version with { Json = json }, cancellation);
            }
        }

        foreach (var draft in await drafts.AllAsync(cancellation))
        {
            if (await WithoutAsync(draft.Document, cancellation) is { } json)
            {
                await drafts.SaveAsync(draft with { Document = json }, cancellation);
            }
        }
    }

    // Null where there is none.
    private async Task<string?> WithoutAsync(string json, CancellationToken cancellation)
    {
        if (!json.Contains(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var rule = (RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, json);
        var after = WebhookSecrets.Without(await secrets.TakeOutAsync(rule, isTrial: false, cancellation));
        return after == rule ? null : text.ToJson(after);
    }
}
