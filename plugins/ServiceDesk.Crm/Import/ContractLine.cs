using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Import;

/// <summary>Reads a line as a contract; what the table does not have stays as it is.</summary>
internal static class ContractLine
{
    private static readonly (ContractState State, string[] Words)[] States =
    [
        (ContractState.Draft, ["draft", "초안", "작성 중"]),
        (ContractState.Active, ["active", "유효", "진행", "진행 중", "계약 중"]),
        (ContractState.Expired, ["expired", "만료"]),
        (ContractState.Cancelled, ["cancelled", "canceled", "해지", "취소"]),
    ];

    private static readonly (AmountPer Per, string[] Words)[] Periods =
    [
        (AmountPer.Whole, ["whole", "once", "total", "전체", "총액", "일시"]),
        (AmountPer.Year, ["year", "yearly", "annual", "연", "연간", "년"]),
        (AmountPer.Month, ["month", "monthly", "월", "월간"]),
    ];

    private static readonly (BudgetUnit Unit, string[] Words)[] Units =
    [
        (BudgetUnit.None, ["none", "-", "없음"]),
        (BudgetUnit.Hours, ["hours", "hour", "시간"]),
        (BudgetUnit.Tickets, ["tickets", "ticket", "건", "티켓"]),
    ];

    public static async Task<(ContractInput? Input, ContractState? State, Refusal? Refusal)> ReadAsync(
        CrmTables db,
        ImportLine line,
        ContractRow row,
        CancellationToken cancellation
    )
    {
        var state = Word(States, line["state"]);
        var per = Word(Periods, line["per"]) ?? row.AmountPer;
        var unit =
            Word(Units, line["budget-unit"])
            ?? (line["budget"].Length > 0 && row.BudgetUnit == BudgetUnit.None ? BudgetUnit.Hours : row.BudgetUnit);
        foreach (
            var (column, isKnown) in new[]
            {
                ("state", state is not null),
                ("per", Word(Periods, line["per"]) is not null),
                ("budget-unit", Word(Units, line["budget-unit"]) is not null),
            }
        )
        {
            if (line[column].Length > 0 && !isKnown)
            {
                return (null, null, Refusal.Invalid("crm.refusal.unknown-word", column, line[column]));
            }
        }

        var input = new ContractInput(
            Or(line, "number", row.Number),
            Or(line, "name", row.Name.Length > 0 ? row.Name : line["number"]),
            "",
            Or(line, "starts-on", row.StartsOn),
            Or(line, "ends-on", row.EndsOn),
            Or(line, "amount", Plain(row.Amount)),
            Or(line, "currency", row.Currency),
            per,
            line["owner"],
            line["remind-days"],
            row.CoversChildren,
            Or(line, "penalty-terms", row.PenaltyTerms),
            Or(line, "penalty-rate", row.PenaltyRate is { } rate ? Plain(rate) : ""),
            Or(line, "notes", row.Notes),
            unit,
            Or(line, "budget", Amounts.Plain(row.BudgetUnit, row.BudgetAmount)),
            $"{row.BudgetWarnAt}",
            row.WhenSpent,
            row.BooksOpenings,
            Or(line, "external-id", row.ExternalId ?? "")
        )
        {
            Entitlements =
                line["plan"].Length > 0
                    ?
                    [
                        new Entitlement(
                            line["plan"],
                            line["policy"],
                            CoverOffers.Keys(line["desks"]),
                            CoverOffers.Keys(line["products"])
                        ),
                    ]
                    : await PromisesAsync(db, row, cancellation),
        };
        return (input, state, null);
    }

    private static async Task<ValueList<Entitlement>> PromisesAsync(
        CrmTables db,
        ContractRow row,
        CancellationToken cancellation
    )
    {
        var promises = await db
            .Entitlements.Where(one => one.ContractId == row.Id)
            .OrderBy(one => one.Ordinal)
            .ToListAsync(cancellation);
        return [.. promises.Select(CoverOffers.Read)];
    }

    private static string Or(ImportLine line, string column, string otherwise) =>
        line[column].Length > 0 ? line[column] : otherwise;

    private static string Plain(decimal number) =>
        number.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private static T? Word<T>((T Value, string[] Words)[] known, string text)
        where T : struct
    {
        foreach (var (value, words) in known)
        {
            if (words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
