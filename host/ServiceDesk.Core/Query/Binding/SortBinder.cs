using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Turns a key of the order into what is sorted by.</summary>
internal static class SortBinder
{
    public static IEnumerable<SortKey> Bind(SortSyntax sort, QueryField field, QueryScope scope)
    {
        if (!field.IsSortable)
        {
            throw QueryProblem.At("query.not-sortable", sort.Subject.Span, field.Name);
        }

        var onlyOnDesks = field.AgentsOnly && !scope.SeesEverything ? scope.Desks : null;
        return Slots(field).Select(slot => new SortKey(slot, sort.Descending, Places(field, slot), onlyOnDesks));
    }

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
