using System.Text.Json;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration;

/// <summary>Where approval policies are asked: by statuses of workflows, and by whatever else names one.</summary>
public sealed class ApprovalUses
{
    private readonly ConfigurationSnapshot snapshot;
    private readonly List<(ConfigurationDocument Document, HashSet<string> Policies)> others;

    /// <summary>Reads the configuration once, for any number of questions.</summary>
    public ApprovalUses(ConfigurationSnapshot snapshot, DocumentText text)
    {
        this.snapshot = snapshot;
        others =
        [
            .. snapshot
                .Documents.Select(entry => entry.Document)
                .Where(document => document is not ApprovalDocument)
                .Select(document => (document, PoliciesIn(text.ToJson(document))))
                .Where(entry => entry.Item2.Count > 0),
        ];
    }

    /// <summary>The statuses that ask for the policy when a ticket enters them.</summary>
    public IReadOnlyList<(WorkflowDocument Workflow, WorkflowStatus Status)> Statuses(string policy) =>
        [
            .. snapshot
                .All<WorkflowDocument>()
                .SelectMany(workflow => workflow.Statuses.Select(status => (workflow, status)))
                .Where(one => one.status.Approval?.Policy == policy),
        ];

    /// <summary>The ticket types and request types whose tickets come through such a status.</summary>
    public IReadOnlyList<ConfigurationDocument> Types(string policy)
    {
        var workflows = Statuses(policy).Select(one => one.Workflow.Id).ToHashSet(StringComparer.Ordinal);
        var types = snapshot.All<TicketTypeDocument>().Where(type => workflows.Contains(type.Workflow)).ToList();
        return
        [
            .. types,
            .. snapshot.All<RequestTypeDocument>().Where(request => types.Any(type => type.Id == request.Type)),
        ];
    }

    /// <summary>What else asks for it, or waits for it: rules, transitions, levels of escalation.</summary>
    public IReadOnlyList<ConfigurationDocument> Others(string policy) =>
        [.. others.Where(entry => entry.Policies.Contains(policy)).Select(entry => entry.Document)];

    private static HashSet<string> PoliciesIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        var policies = new HashSet<string>(StringComparer.Ordinal);
        Collect(document.RootElement, policies);
        return policies;
    }

    // The approval of a status is an object; what actions and triggers name is the id alone.
    private static void Collect(JsonElement element, HashSet<string> policies)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, policies);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in element.EnumerateObject())
            {
                if (entry.Name == "approval" && entry.Value.ValueKind == JsonValueKind.String)
                {
                    policies.Add(entry.Value.GetString()!);
                }

                Collect(entry.Value, policies);
            }
        }
    }
}
