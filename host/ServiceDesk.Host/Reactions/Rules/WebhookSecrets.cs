using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Keeps the secrets of webhooks out of documents: encrypted with the keys of this installation, under names that documents
/// carry. A secret that is kept already keeps its name, so that the same rule written again is the same document.
/// </summary>
public sealed class WebhookSecrets(ISettingStore settings, IDataProtectionProvider protection) : IDocumentPreparation
{
    /// <summary>The shortest secret; a shorter one stays where it is and is refused.</summary>
    public const int Shortest = 16;

    /// <summary>The longest one.</summary>
    public const int Longest = 200;

    private const string Owner = "host.webhook-secrets";
    private const string OnTrial = "kept-when-written";
    private readonly IDataProtector protector = protection.CreateProtector("ServiceDesk.WebhookSecrets");

    /// <summary>The secret of a webhook; null when it is not kept here, or its key is lost.</summary>
    public async Task<string?> OfAsync(RuleAction action, CancellationToken cancellation) =>
        action.Secret
        ?? (
            action.SecretName is { } name && await settings.FindAsync(Owner, name, cancellation) is { } kept
                ? Read(kept)
                : null
        );

    /// <summary>The names of all that are kept and can be read.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellation) =>
        (await settings.AllAsync(Owner, cancellation))
            .Where(kept => Read(kept.Value) is not null)
            .Select(kept => kept.Key)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The rule without secrets, also without those that cannot be kept.</summary>
    public static RuleDocument Without(RuleDocument rule) =>
        rule with
        {
            Then = rule.Then.Select(Without).ToValueList(),
            Else = rule.Else.Select(Without).ToValueList(),
        };

    /// <summary>What is wrong with secrets that cannot be kept; empty when all can.</summary>
    public static IReadOnlyList<DocumentProblem> ProblemsOf(RuleDocument rule) =>
        [.. ProblemsOf("then", rule.Then), .. ProblemsOf("else", rule.Else)];

    private static IEnumerable<DocumentProblem> ProblemsOf(string branch, ValueList<RuleAction> actions) =>
        actions
            .Index()
            .Where(entry => entry.Item.Secret is not null && !CanBeKept(entry.Item))
            .Select(entry => ProblemOf($"/{branch}/{entry.Index}/secret", entry.Item));

    private static DocumentProblem ProblemOf(string path, RuleAction action) =>
        action switch
        {
            not { Do: ActionWords.Webhook } => DocumentProblem.At(path, "configuration.rule-secret-of-webhooks"),
            { Secret.Length: < Shortest } => DocumentProblem.At(path, "configuration.schema-too-short", $"{Shortest}"),
            _ => DocumentProblem.At(path, "configuration.schema-too-long", $"{Longest}"),
        };

    /// <inheritdoc/>
    public async Task<ConfigurationDocument> PrepareAsync(
        ConfigurationDocument document,
        bool isTrial,
        CancellationToken cancellation
    ) => document is RuleDocument rule ? await TakeOutAsync(rule, isTrial, cancellation) : document;

    /// <summary>The rule with names in place of its secrets, which are kept.</summary>
    public async Task<RuleDocument> TakeOutAsync(RuleDocument rule, bool isTrial, CancellationToken cancellation)
    {
        if (!rule.Then.Concat(rule.Else).Any(CanBeKept))
        {
            return rule;
        }

        return rule with
        {
            Then = await TakeOutAsync(rule.Then, isTrial, cancellation),
            Else = await TakeOutAsync(rule.Else, isTrial, cancellation),
        };
    }

    private async Task<ValueList<RuleAction>> TakeOutAsync(
        ValueList<RuleAction> actions,
        bool isTrial,
        CancellationToken cancellation
    )
    {
        for (var place = 0; place < actions.Count; place++)
        {
            if (CanBeKept(actions[place]))
            {
                var name = await NameAsync(actions[place].Secret!, isTrial, cancellation);
                actions = actions.SetItem(place, Without(actions[place]) with { SecretName = name });
            }
        }

        return actions;
    }

    private async Task<string> NameAsync(string secret, bool isTrial, CancellationToken cancellation)
    {
        foreach (var (known, kept) in await settings.AllAsync(Owner, cancellation))
        {
            if (Read(kept) == secret)
            {
                return known;
            }
        }

        if (isTrial)
        {
            return OnTrial;
        }

        var name = $"secret-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await settings.SaveAsync(Owner, name, JsonSerializer.Serialize(protector.Protect(secret)), null, cancellation);
        return name;
    }

    private string? Read(StoredSetting kept)
    {
        try
        {
            return protector.Unprotect(JsonSerializer.Deserialize<string>(kept.Json)!);
        }
        catch (CryptographicException)
        {
            // Its key is lost: it is written anew, as one that never was here.
            return null;
        }
    }

    private static bool CanBeKept(RuleAction action) =>
        action is { Do: ActionWords.Webhook, Secret: { Length: >= Shortest and <= Longest } };

    private static RuleAction Without(RuleAction action) => action with { Secret = null };
}
