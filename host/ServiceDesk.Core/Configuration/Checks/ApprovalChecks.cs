using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Each step asks somebody; roles exist; there is time to answer. Teams and people are no documents: who of them is missing is told when the approval is asked.</summary>
internal sealed class ApprovalCheck : DocumentCheck<ApprovalDocument>
{
    protected override IEnumerable<DocumentProblem> Check(ApprovalDocument document, IConfiguration configuration)
    {
        foreach (var (index, step) in document.Steps.Index())
        {
            var path = $"/steps/{index}";
            var single =
                step.People.Count
                + step.Leads.Count
                + step.Fields.Count
                + (step.Manager ? 1 : 0)
                + (step.OrganizationContact ? 1 : 0);
            if (single + step.Teams.Count + step.Roles.Count == 0)
            {
                yield return DocumentProblem.At(path, "configuration.approval-nobody");
            }

            // What names one person counts one each; of teams and roles nobody knows how many there will be.
            if (step is { Teams.Count: 0, Roles.Count: 0, Needed: { } needed } && needed > single)
            {
                yield return DocumentProblem.At($"{path}/needed", "configuration.approval-too-few");
            }

            var others = References
                .Missing<RoleDocument>(step.Roles, $"{path}/roles", configuration)
                .Concat(References.Twice(step.Roles, $"{path}/roles"))
                .Concat(References.Twice(step.Teams, $"{path}/teams"))
                .Concat(References.Twice(step.People, $"{path}/people"))
                .Concat(References.Twice(step.Leads, $"{path}/leads"))
                .Concat(References.Twice(step.Fields, $"{path}/fields"))
                .Concat(People(step.Fields, $"{path}/fields", configuration));
            foreach (var problem in others)
            {
                yield return problem;
            }
        }

        foreach (
            var problem in References
                .Missing<FieldDocument>(document.Shows, "/shows", configuration)
                .Concat(References.Twice(document.Shows, "/shows"))
                .Concat(document.Fallback is { } fallback ? Check(fallback, configuration) : [])
        )
        {
            yield return problem;
        }

        if (document.ExpiresAfter is { } span && span <= Duration.Zero)
        {
            yield return DocumentProblem.At("/expiresAfter", "workflow.span-not-positive");
        }

        if (document.RemindEvery < ApprovalPlan.ShortestReminder)
        {
            yield return DocumentProblem.At("/remindEvery", RefusalCodes.ApprovalReminder);
        }
    }

    private static IEnumerable<DocumentProblem> Check(FallbackApprovers fallback, IConfiguration configuration)
    {
        const string path = "/fallback";
        if (fallback.People.Count + fallback.Teams.Count + fallback.Roles.Count == 0)
        {
            yield return DocumentProblem.At(path, "configuration.approval-nobody");
        }

        foreach (
            var problem in References
                .Missing<RoleDocument>(fallback.Roles, $"{path}/roles", configuration)
                .Concat(References.Twice(fallback.Roles, $"{path}/roles"))
                .Concat(References.Twice(fallback.Teams, $"{path}/teams"))
                .Concat(References.Twice(fallback.People, $"{path}/people"))
        )
        {
            yield return problem;
        }
    }

    // A field that is asked names a person.
    private static IEnumerable<DocumentProblem> People(
        ValueList<string> fields,
        string path,
        IConfiguration configuration
    ) =>
        fields
            .Index()
            .Where(field =>
                !configuration.TryGet<FieldDocument>(field.Item, out var known) || known.Kind != FieldKind.Person
            )
            .Select(field => DocumentProblem.At($"{path}/{field.Index}", "configuration.approval-field", field.Item));
}

/// <summary>A status that asks for an approval names a policy that exists and transitions that leave from it.</summary>
internal sealed class StatusApprovalCheck : DocumentCheck<WorkflowDocument>
{
    protected override IEnumerable<DocumentProblem> Check(WorkflowDocument document, IConfiguration configuration) =>
        document
            .Statuses.Index()
            .Where(status => status.Item.Approval is not null)
            .SelectMany(status => Check(document, status.Item, $"/statuses/{status.Index}/approval", configuration));

    private static IEnumerable<DocumentProblem> Check(
        WorkflowDocument workflow,
        WorkflowStatus status,
        string path,
        IConfiguration configuration
    )
    {
        var approval = status.Approval!;
        foreach (var problem in References.Missing<ApprovalDocument>(approval.Policy, $"{path}/policy", configuration))
        {
            yield return problem;
        }

        foreach (var (name, id) in new[] { ("approved", approval.Approved), ("declined", approval.Declined) })
        {
            if (workflow.Transitions.Any(way => way.Id == id && way.RequiresResolution))
            {
                yield return DocumentProblem.At($"{path}/{name}", "workflow.approval-asks", id!);
            }

            if (id is not null && !workflow.TransitionsFrom(status.Id).Any(way => way.Id == id))
            {
                yield return DocumentProblem.At($"{path}/{name}", "workflow.approval-transition", id, status.Id);
            }
        }
    }
}
