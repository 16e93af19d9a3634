using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>The part of a form that says where tickets go whose statuses a change takes away.</summary>
/// <param name="Stranded">The tickets.</param>
/// <param name="Chosen">What was chosen.</param>
public sealed record StatusMoveForm(IReadOnlyList<StrandedTickets> Stranded, ValueList<StatusMove> Chosen)
{
    private const string Name = "replace";

    /// <summary>What was chosen in a form; what cannot be read was not chosen.</summary>
    public static ValueList<StatusMove> Read(HttpRequest request) =>
        request.HasFormContentType
            ? request.Form[Name].Select(StatusMove.Parse).OfType<StatusMove>().ToValueList()
            : [];

    /// <summary>Where the tickets of a status go: as chosen, else as proposed.</summary>
    public StatusMove Of(StrandedTickets stranded, WorkflowStatus left) =>
        Chosen.LastOrDefault(move => move.From == left.Id && move.Workflow == stranded.Workflow.Id)
        ?? stranded.Proposed(left);

    /// <summary>What was chosen and, of what is left, what is proposed.</summary>
    public ValueList<StatusMove> All =>
        Chosen
            .Concat(Stranded.SelectMany(one => one.Statuses.Select(left => Of(one, left.Status))))
            .Distinct()
            .ToValueList();
}
