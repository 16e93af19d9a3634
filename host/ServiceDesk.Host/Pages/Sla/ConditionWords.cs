using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>Writes conditions of metrics in the reader's language, to stand within a sentence.</summary>
public sealed class ConditionWords(ITexts texts, RuleVocabulary vocabulary, ICurrentConfiguration configuration)
{
    /// <summary>Conditions, any of which is meant.</summary>
    /// <param name="conditions">They.</param>
    /// <param name="workflow">Whose statuses have the names; null takes the first that has the status.</param>
    public string Write(ValueList<SlaCondition> conditions, WorkflowDocument? workflow) =>
        string.Join(", ", conditions.Select(condition => Write(condition, workflow)));

    /// <summary>A condition.</summary>
    public string Write(SlaCondition condition, WorkflowDocument? workflow)
    {
        var (happens, query) = (Happens(condition, workflow), condition.Query);
        return happens is null ? query ?? ""
            : string.IsNullOrWhiteSpace(query) ? happens
            : texts.Format("promises.where", happens, query);
    }

    private string? Happens(SlaCondition condition, WorkflowDocument? workflow) =>
        condition switch
        {
            { On: { } happening } => OnWords(happening, condition.Of),
            { Status: { } status } => texts.Format("promises.in-status", StatusName(status, workflow)),
            { Category: { } category } => texts[$"promises.in-category-{category.ToString().ToLowerInvariant()}"],
            _ => null,
        };

    private string OnWords(string happening, string? of) =>
        SlaHappenings.Takes(happening) switch
        {
            null when happening == SlaHappenings.Merged => texts["promises.on-merged"],
            null => vocabulary.Trigger(happening) is { } trigger ? texts[trigger.NameKey] : happening,
            HappeningOf.Nothing => texts[$"promises.on-{happening}"],
            _ when of is null => texts[$"promises.on-{happening}"],
            HappeningOf.Field => texts.Format($"promises.on-{happening}-of", NameOf<FieldDocument>(of)),
            HappeningOf.Approval => texts.Format($"promises.on-{happening}-of", NameOf<ApprovalDocument>(of)),
            _ => texts.Format($"promises.on-{happening}-of", of),
        };

    private string StatusName(string status, WorkflowDocument? workflow) =>
        (
            workflow?.Status(status)
            ?? configuration
                .Snapshot.All<WorkflowDocument>()
                .Select(other => other.Status(status))
                .FirstOrDefault(found => found is not null)
        )?.Name.ToString() ?? status;

    private string NameOf<T>(string id)
        where T : ConfigurationDocument =>
        configuration.Snapshot.TryGet<T>(id, out var document) ? document.Name.ToString() : id;
}
