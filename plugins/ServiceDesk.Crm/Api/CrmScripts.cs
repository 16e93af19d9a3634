using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Api;

/// <summary>
/// Accounts and contracts for scripts: <c>crm.contractOf("ITSD-1").penaltyTerms</c>, <c>crm.book("ITSD-1", { hours: 1.5 })</c>.
/// </summary>
public static class CrmScripts
{
    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));

    private static readonly ScriptType Account = ScriptType
        .ObjectOf(
            new("key", ScriptType.Text),
            new("name", ScriptType.Text),
            new("contact", ScriptType.Text.OrNull()),
            new("title", ScriptType.Text.OrNull())
        )
        .OrNull();

    private static readonly ScriptType Budget = ScriptType
        .ObjectOf(
            new("unit", ScriptType.Text),
            new("amount", ScriptType.Number),
            new("used", ScriptType.Number),
            new("left", ScriptType.Number),
            new("level", ScriptType.Text)
        )
        .OrNull();

    private static readonly ScriptType Contract = ScriptType
        .ObjectOf(
            new("number", ScriptType.Text),
            new("name", ScriptType.Text),
            new("plan", ScriptType.Text),
            new("policy", ScriptType.Text),
            new("startsOn", ScriptType.Text),
            new("endsOn", ScriptType.Text),
            new("amount", ScriptType.Text),
            new("currency", ScriptType.Text),
            new("penaltyTerms", ScriptType.Text),
            new("penaltyRate", ScriptType.Number.OrNull()),
            new("budget", Budget)
        )
        .OrNull();

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            CrmPlugin.Id,
            [
                new ScriptFunction(
                    "accountOf",
                    "crm.script.account-of",
                    [Key],
                    Account,
                    async (call, cancellation) => AccountOf(await ViewAsync(call, cancellation))
                )
                {
                    Permission = CrmPlugin.SeePermission,
                },
                new ScriptFunction(
                    "contractOf",
                    "crm.script.contract-of",
                    [Key],
                    Contract,
                    async (call, cancellation) => ContractOf(await ViewAsync(call, cancellation))
                )
                {
                    Permission = CrmPlugin.SeePermission,
                },
                new ScriptFunction(
                    "book",
                    "crm.script.book",
                    [
                        Key,
                        new(
                            "booking",
                            ScriptType.ObjectOf(
                                new("hours", ScriptType.Number, IsOptional: true),
                                new("tickets", ScriptType.Number, IsOptional: true),
                                new("note", ScriptType.TextUpTo(Ledger.LongestNote), IsOptional: true)
                            )
                        ),
                    ],
                    Budget,
                    BookAsync
                )
                {
                    Permission = CrmPlugin.WorkPermission,
                },
                new ScriptFunction(
                    "chooseContract",
                    "crm.script.choose-contract",
                    [
                        Key,
                        new("contract", ScriptType.TextUpTo(60)),
                        new("account", ScriptType.TextUpTo(60), IsOptional: true),
                    ],
                    ScriptType.Nothing,
                    async (call, cancellation) =>
                    {
                        var ticket = await call.TicketAsync(call.Text(0), cancellation);
                        await call.SendAsync(ticket, new ChooseCover(call.Text(2), call.Text(1)), cancellation);
                        return null;
                    }
                )
                {
                    Permission = CrmPlugin.WorkPermission,
                },
            ]
        );

    private static async Task<CoverView> ViewAsync(IScriptCall call, CancellationToken cancellation) =>
        await ViewAsync(call, await call.TicketAsync(call.Text(0), cancellation), cancellation);

    private static Task<CoverView> ViewAsync(IScriptCall call, TicketSnapshot ticket, CancellationToken cancellation) =>
        call.Viewer.WorksOn(ticket.State.Desk)
            ? call.Services.GetRequiredService<CoverReader>().ForAgentAsync(call.Viewer, ticket, cancellation)
            : throw new ScriptRefusedException(Refusal.NotFound("crm.refusal.no-ticket", call.Text(0)));

    private static JsonObject? AccountOf(CoverView view) =>
        view.Account is { } account
            ? new JsonObject
            {
                ["key"] = account.Key,
                ["name"] = account.Name,
                ["contact"] = view.Contact?.Name,
                ["title"] = view.Contact?.Title,
            }
            : null;

    private static JsonObject? ContractOf(CoverView view) =>
        view.Contract is { } contract
            ? new JsonObject
            {
                ["number"] = contract.Number,
                ["name"] = contract.Name,
                ["plan"] = view.Plan,
                ["policy"] = view.Policy,
                ["startsOn"] = contract.StartsOn,
                ["endsOn"] = contract.EndsOn,
                ["amount"] = Words.Of(contract.Amount),
                ["currency"] = contract.Currency,
                ["penaltyTerms"] = view.PenaltyTerms,
                ["penaltyRate"] = view.PenaltyRate,
                ["budget"] = BudgetOf(view),
            }
            : null;

    private static JsonObject? BudgetOf(CoverView view) =>
        view.Budget is { Balance: var balance }
            ? new JsonObject
            {
                ["unit"] = Words.Of(balance.Unit),
                ["amount"] = InUnit(balance, balance.Amount),
                ["used"] = InUnit(balance, balance.Used),
                ["left"] = InUnit(balance, balance.Left),
                ["level"] = Words.Of(balance.Level),
            }
            : null;

    private static decimal InUnit(Balance balance, long amount) =>
        balance.Unit == BudgetUnit.Hours ? amount / 60m : amount;

    private static async Task<JsonNode?> BookAsync(IScriptCall call, CancellationToken cancellation)
    {
        var booking = call.Argument(1) ?? default;
        var hours = Number(booking, "hours") is { } some ? Amounts.FromHours(some) ?? 0 : (long?)null;
        var tickets =
            Number(booking, "tickets") is { } count && count == decimal.Truncate(count) ? (long)count : (long?)null;
        var note = booking.TryGetProperty("note", out var text) ? text.GetString() ?? "" : "";
        var book = new BookBudget(hours ?? tickets ?? 0, note)
        {
            Unit = hours is not null ? BudgetUnit.Hours : BudgetUnit.Tickets,
        };
        var ticket = await call.TicketAsync(call.Text(0), cancellation);
        var after = await call.SendAsync(ticket, book, cancellation);
        return BudgetOf(await ViewAsync(call, after, cancellation));
    }

    private static decimal? Number(JsonElement booking, string name) =>
        booking.ValueKind == JsonValueKind.Object
        && booking.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var number)
            ? number
            : null;
}
