using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Api;

/// <summary>An account to make or change; what is missing is empty.</summary>
/// <param name="Key">For a new one: lower-case letters, digits and dashes.</param>
/// <param name="Parent">The key of the account above.</param>
/// <param name="Organization">The key of an organization.</param>
/// <param name="Version">The version that was seen; another one is refused.</param>
public sealed record AccountBody(
    string? Key,
    string? Name,
    string? Parent,
    string? Organization,
    string? ExternalId,
    string? Website,
    string? Phone,
    string? Notes,
    bool? Active,
    long? Version
)
{
    internal AccountInput Input() =>
        new(
            Key ?? "",
            Name ?? "",
            Parent ?? "",
            Organization ?? "",
            ExternalId ?? "",
            Website ?? "",
            Phone ?? "",
            Notes ?? "",
            Active ?? true
        );
}

/// <summary>A contact to make or change.</summary>
public sealed record ContactBody(
    string? Name,
    string? Email,
    string? Phone,
    string? ExternalId,
    string? Notes,
    IReadOnlyList<MembershipBody>? Accounts,
    long? Version
)
{
    internal ContactInput Input() =>
        new(
            Name ?? "",
            Email ?? "",
            Phone ?? "",
            ExternalId ?? "",
            Notes ?? "",
            [.. (Accounts ?? []).Select(one => new MembershipInput(one.Account ?? "", one.Title ?? "", one.Primary))]
        );
}

/// <summary>What a contact is at an account.</summary>
/// <param name="Account">The account's key.</param>
public sealed record MembershipBody(string? Account, string? Title, bool Primary);

/// <summary>A product to make or change.</summary>
public sealed record ProductBody(
    string? Key,
    string? Name,
    string? Description,
    string? ExternalId,
    bool? Active,
    long? Version
)
{
    internal ProductInput Input() => new(Key ?? "", Name ?? "", Description ?? "", ExternalId ?? "", Active ?? true);
}

/// <summary>A contract to make or change.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="StartsOn">The first day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Amount">In decimal notation, as text: never a floating number.</param>
/// <param name="AmountPer"><c>whole</c>, <c>year</c> or <c>month</c>.</param>
/// <param name="Owner">The mail address of who is told before the end.</param>
/// <param name="Legal">The mail address of who is told about legal matters.</param>
/// <param name="BudgetUnit"><c>none</c>, <c>hours</c> or <c>tickets</c>.</param>
/// <param name="BudgetAmount">Hours such as <c>40</c> or <c>1.5</c>, or tickets.</param>
/// <param name="WhenSpent"><c>allow</c> or <c>refuse</c>.</param>
public sealed record ContractBody(
    string? Number,
    string? Name,
    string? Account,
    string? StartsOn,
    string? EndsOn,
    string? Amount,
    string? Currency,
    string? AmountPer,
    string? Owner,
    string? Legal,
    int? RemindDays,
    bool? CoversChildren,
    string? PenaltyTerms,
    string? PenaltyRate,
    string? Notes,
    string? BudgetUnit,
    string? BudgetAmount,
    int? BudgetWarnAt,
    string? WhenSpent,
    bool? BooksOpenings,
    string? ExternalId,
    IReadOnlyList<EntitlementBody>? Entitlements,
    long? Version
)
{
    internal ContractInput Input() =>
        new(
            Number ?? "",
            Name ?? "",
            Account ?? "",
            StartsOn ?? "",
            EndsOn ?? "",
            Amount ?? "",
            Currency ?? "",
            Word(AmountPer, Records.AmountPer.Whole),
            Owner ?? "",
            RemindDays is { } days ? $"{days}" : "",
            CoversChildren ?? true,
            PenaltyTerms ?? "",
            PenaltyRate ?? "",
            Notes ?? "",
            Word(BudgetUnit, Records.BudgetUnit.None),
            BudgetAmount ?? "",
            BudgetWarnAt is { } share ? $"{share}" : "",
            Word(WhenSpent, Records.WhenSpent.Allow),
            BooksOpenings ?? false,
            ExternalId ?? ""
        )
        {
            Legal = Legal ?? "",
            Entitlements = [.. (Entitlements ?? []).Select(one => one.Read())],
        };

    /// <summary>The value of a word; one that does not exist is no value, which is refused.</summary>
    internal static T Word<T>(string? word, T otherwise)
        where T : struct, Enum =>
        string.IsNullOrWhiteSpace(word) ? otherwise
        : word.All(char.IsAsciiLetter) && Enum.TryParse<T>(word, ignoreCase: true, out var value) ? value
        : default;
}

/// <summary>What a contract promises.</summary>
public sealed record EntitlementBody(
    string? Plan,
    string? Policy,
    IReadOnlyList<string>? Desks,
    IReadOnlyList<string>? Products
)
{
    internal Entitlement Read() => new(Plan ?? "", Policy ?? "", [.. Desks ?? []], [.. Products ?? []]);
}

/// <summary>Where a contract is to go.</summary>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>cancelled</c>.</param>
public sealed record StateBody(string? State);

/// <summary>A correction of a ledger.</summary>
/// <param name="Amount">Hours or tickets; negative gives back.</param>
/// <param name="Corrects">The entry that was wrong.</param>
public sealed record CorrectionBody(string? Amount, string? Note, long? Corrects);

/// <summary>For whom a ticket is to be worked.</summary>
public sealed record CoverBody(string? Account, string? Contract);

/// <summary>What is to be booked to the budget of a ticket's contract.</summary>
/// <param name="Amount">Hours or tickets.</param>
public sealed record BookingBody(string? Amount, string? Note);
