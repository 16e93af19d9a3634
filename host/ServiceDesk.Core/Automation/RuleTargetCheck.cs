using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Automation;

/// <summary>Where an action of a rule acts exists: other tickets, a desk and type for a new one, an address.</summary>
internal sealed class RuleTargetCheck(RuleVocabulary vocabulary)
{
    /// <summary>What is wrong with it.</summary>
    public IEnumerable<DocumentProblem> Check(RuleAction action, string path, IConfiguration configuration) =>
        Others(action.For, $"{path}/for", configuration)
            .Concat(Opening(action, path, configuration))
            .Concat(Address(action, path));

    /// <summary>What is wrong with the other tickets that are named.</summary>
    public IEnumerable<DocumentProblem> Others(RuleTarget? target, string path, IConfiguration configuration)
    {
        if (target is null)
        {
            yield break;
        }

        if (vocabulary.Relation(target.Relation) is not { } relation)
        {
            yield return DocumentProblem.At($"{path}/relation", "configuration.rule-relation-unknown", target.Relation);
        }
        else if (target.As is { } way && relation.Ways(configuration).All(known => known.Value != way))
        {
            yield return DocumentProblem.At($"{path}/as", "configuration.rule-choice-unknown", way);
        }
    }

    private IEnumerable<DocumentProblem> Opening(RuleAction action, string path, IConfiguration configuration)
    {
        if (action.Desk is { } desk && !configuration.TryGet<DeskDocument>(desk, out _))
        {
            yield return DocumentProblem.At($"{path}/desk", "configuration.no-such-desk", desk);
        }

        if (action.Type is { } type && !configuration.TryGet<TicketTypeDocument>(type, out _))
        {
            yield return DocumentProblem.At($"{path}/type", "configuration.no-such-ticket-type", type);
        }

        if (action.Join is { } way && vocabulary.Joining(way, configuration) is null)
        {
            yield return DocumentProblem.At($"{path}/join", "configuration.rule-choice-unknown", way);
        }
    }

    private static IEnumerable<DocumentProblem> Address(RuleAction action, string path) =>
        action.Url is { } url && !IsAddress(url)
            ? [DocumentProblem.At($"{path}/url", "configuration.rule-url-wrong", url)]
            : [];

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0
        && address.IdnHost.Length > 0;
}
