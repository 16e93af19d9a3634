using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Api;

/// <summary>A list.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, int Total, int? NextPage)
{
    internal static ListAnswer<T> Of<TSource>(Listing<TSource> listing, Func<TSource, T> answer) =>
        new([.. listing.Items.Select(answer)], listing.Total, listing.HasMore ? listing.Page + 1 : null);
}

/// <summary>An account.</summary>
public sealed record AccountAnswer(
    long Id,
    string Key,
    string Name,
    string? Parent,
    string? Organization,
    string? ExternalId,
    string Website,
    string Phone,
    string Notes,
    bool Active,
    long Version,
    IReadOnlyList<string> Children,
    IReadOnlyList<ContactAt> Contacts,
    IReadOnlyList<string> Contracts
)
{
    internal static AccountAnswer Of(AccountDetail one) =>
        new(
            one.Id,
            one.Key,
            one.Name,
            one.Parent?.Key,
            one.OrganizationKey,
            one.ExternalId,
            one.Website,
            one.Phone,
            one.Notes,
            one.IsActive,
            one.Version,
            [.. one.Children.Select(child => child.Key)],
            one.Contacts,
            [.. one.Contracts.Select(contract => contract.Number)]
        );
}

/// <summary>A contact.</summary>
public sealed record ContactAnswer(
    long Id,
    string Name,
    string Email,
    string Phone,
    string? ExternalId,
    string Notes,
    bool IsPerson,
    long Version,
    IReadOnlyList<MembershipBody> Accounts
)
{
    internal static ContactAnswer Of(ContactDetail one) =>
        new(
            one.Id,
            one.Name,
            one.Email,
            one.Phone,
            one.ExternalId,
            one.Notes,
            one.IsPerson,
            one.Version,
            [.. one.Accounts.Select(at => new MembershipBody(at.Account.Key, at.Title, at.IsPrimary))]
        );
}

/// <summary>A contract in a list.</summary>
public sealed record ContractLine(
    long Id,
    string Number,
    string Name,
    string Account,
    string State,
    string StartsOn,
    string EndsOn,
    string Amount,
    string Currency,
    string AmountPer
)
{
    internal static ContractLine Of(ContractItem one) =>
        new(
            one.Id,
            one.Number,
            one.Name,
            one.Account.Key,
            Words.Of(one.State),
            one.StartsOn,
            one.EndsOn,
            Words.Of(one.Amount),
            one.Currency,
            Words.Of(one.AmountPer)
        );
}

/// <summary>A contract.</summary>
public sealed record ContractAnswer(
    ContractLine Contract,
    string? Owner,
    string? Legal,
    int RemindDays,
    bool CoversChildren,
    string PenaltyTerms,
    string? PenaltyRate,
    string Notes,
    string? ExternalId,
    long Version,
    IReadOnlyList<EntitlementBody> Entitlements,
    BudgetAnswer? Budget,
    IReadOnlyList<DocumentAnswer> Documents
)
{
    internal static ContractAnswer Of(ContractDetail one) =>
        new(
            ContractLine.Of(one.Item),
            one.OwnerEmail,
            one.LegalEmail,
            one.RemindDays,
            one.CoversChildren,
            one.PenaltyTerms,
            one.PenaltyRate is { } rate ? Words.Of(rate) : null,
            one.Notes,
            one.ExternalId,
            one.Version,
            [
                .. one.Entitlements.Select(each => new EntitlementBody(
                    each.Plan,
                    each.Policy,
                    [.. each.Desks],
                    [.. each.Products]
                )),
            ],
            one.Budget is { } budget ? BudgetAnswer.Of(budget.Balance, budget.WhenSpent) : null,
            [.. one.Documents.Select(DocumentAnswer.Of)]
        );
}

/// <summary>A budget.</summary>
/// <param name="Left">Hours or tickets; negative when more was booked.</param>
/// <param name="Level"><c>free</c>, <c>warned</c> or <c>spent</c>.</param>
public sealed record BudgetAnswer(string Unit, string Amount, string Used, string Left, string Level, string WhenSpent)
{
    internal static BudgetAnswer Of(Balance balance, WhenSpent whenSpent) =>
        new(
            Words.Of(balance.Unit),
            Amounts.Plain(balance.Unit, balance.Amount),
            Amounts.Plain(balance.Unit, balance.Used),
            Amounts.Plain(balance.Unit, balance.Left),
            Words.Of(balance.Level),
            Words.Of(whenSpent)
        );
}

/// <summary>A file of a contract.</summary>
public sealed record DocumentAnswer(long Id, string Name, long Size)
{
    internal static DocumentAnswer Of(DocumentItem one) => new(one.Id, one.Name, one.Size);
}

/// <summary>A ledger, the newest entry first, with what is left.</summary>
public sealed record LedgerAnswer(BudgetAnswer? Budget, IReadOnlyList<EntryAnswer> Items);

/// <summary>An entry of a ledger.</summary>
public sealed record EntryAnswer(
    long Id,
    string Kind,
    string Amount,
    string Unit,
    string Note,
    string? Ticket,
    long? Corrects,
    string? By,
    string At
)
{
    internal static EntryAnswer Of(LedgerItem one) =>
        new(
            one.Id,
            Words.Of(one.Kind),
            Amounts.Plain(one.Unit, one.Amount),
            Words.Of(one.Unit),
            one.Note,
            one.TicketKey.Length > 0 ? one.TicketKey : null,
            one.Corrects,
            one.Person,
            NodaTime.Text.InstantPattern.ExtendedIso.Format(NodaTime.Instant.FromUnixTimeTicks(one.At))
        );
}

/// <summary>For whom a ticket is worked, what was promised and what is left.</summary>
public sealed record CoverAnswer(
    string Key,
    string? Account,
    string? AccountName,
    string? Contact,
    string? Title,
    string? Contract,
    string? Plan,
    string? Policy,
    string? EndsOn,
    string? PenaltyTerms,
    string? PenaltyRate,
    BudgetAnswer? Budget,
    string? Booked,
    string? Product,
    bool ByHand
)
{
    internal static CoverAnswer Of(TicketKey key, CoverView view) =>
        new(
            key.ToString(),
            view.Account?.Key,
            view.Account?.Name,
            view.Contact?.Name,
            view.Contact?.Title,
            view.Contract?.Number,
            Text(view.Plan),
            Text(view.Policy),
            view.Contract?.EndsOn,
            Text(view.PenaltyTerms),
            view.PenaltyRate is { } rate ? Words.Of(rate) : null,
            view.Budget is { } budget ? BudgetAnswer.Of(budget.Balance, budget.WhenSpent) : null,
            view.Budget is { } unit ? Amounts.Plain(unit.Balance.Unit, view.Booked) : null,
            Text(view.Product),
            view.ByHand
        );

    private static string? Text(string text) => text.Length > 0 ? text : null;
}

/// <summary>Words of values.</summary>
internal static class Words
{
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();

    public static string Of(decimal value) =>
        value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
