using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Turns a key of the order into what is sorted by.</summary>
internal static class SortBinder
{
    /// <param name="desks">The desks on which the viewer is an agent; null when every ticket stands on one.</param>
    public static IEnumerable<SortKey> Bind(SortSyntax sort, QueryField field, ValueList<string>? desks)
    {
        if (!field.IsSortable)
        {
            throw QueryProblem.At("query.not-sortable", sort.Subject.Span, field.Name);
        }

        return Slots(field)
            .Select(slot => new SortKey(slot, sort.Descending, Places(field, slot))
            {
                OnlyOnDesks = desks is not null && IsForAgents(field, slot) ? desks : null,
                Elsewhere = field.PublicSlot,
                Named = field.Kind is QueryValueKind.Person or QueryValueKind.Organization or QueryValueKind.Team
                    ? field.Kind
                    : null,
            })
            .Where(key => key is not { OnlyOnDesks.Count: 0, Elsewhere: null });
    }

    /// <summary>Which of several statuses that are one to customers a ticket has, its place among them must not tell.</summary>
    private static bool IsForAgents(QueryField field, QuerySlot slot) =>
        field.AgentsOnly
        || field.OnlySelf
        || field.PublicSlot is not null
        || slot is TextSlot { Column: TextColumn.Status };

    /// <summary>A key sorts by desk and number, a status by what it means first.</summary>
    private static IEnumerable<QuerySlot> Slots(QueryField field) =>
        field.Slot switch
        {
            TextSlot { Column: TextColumn.Key } =>
            [
                new TextSlot(TextColumn.Desk),
                new NumberSlot(NumberColumn.KeyNumber),
            ],
            TextSlot { Column: TextColumn.Status } status => [new NumberSlot(NumberColumn.Category), status],
            var slot => [slot!],
        };

    private static ValueList<string> Places(QueryField field, QuerySlot slot) =>
        field.Kind == QueryValueKind.Ranked && slot is TextSlot
            ? field.Choices.Select(choice => Folding.Fold(choice.Id)).ToValueList()
            : [];
}
