using System.Text;
using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>An account as somebody typed it. Texts are trimmed where they are checked.</summary>
/// <param name="Parent">The key of the account above; empty for none.</param>
/// <param name="Organization">The key of an organization of the product; empty for none.</param>
public sealed record AccountInput(
    string Key,
    string Name,
    string Parent = "",
    string Organization = "",
    string ExternalId = "",
    string Website = "",
    string Phone = "",
    string Notes = "",
    bool IsActive = true
);

/// <summary>A contact as somebody typed it.</summary>
/// <param name="Accounts">What the contact is where.</param>
public sealed record ContactInput(
    string Name,
    string Email,
    string Phone,
    string ExternalId,
    string Notes,
    ValueList<MembershipInput> Accounts
);

/// <summary>What a contact is at an account.</summary>
/// <param name="Account">The account's key.</param>
public sealed record MembershipInput(string Account, string Title, bool IsPrimary = false);

/// <summary>A product as somebody typed it.</summary>
public sealed record ProductInput(
    string Key,
    string Name,
    string Description = "",
    string ExternalId = "",
    bool IsActive = true
);

/// <summary>A contract as somebody typed it.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="StartsOn">A day as <c>yyyy-MM-dd</c>.</param>
/// <param name="Amount">As typed; empty is zero.</param>
/// <param name="Owner">The mail address of who is told; empty for nobody.</param>
/// <param name="BudgetAmount">Hours or tickets, as typed.</param>
public sealed record ContractInput(
    string Number,
    string Name,
    string Account,
    string StartsOn,
    string EndsOn,
    string Amount = "",
    string Currency = "KRW",
    AmountPer AmountPer = AmountPer.Whole,
    string Owner = "",
    string RemindDays = "",
    bool CoversChildren = true,
    string PenaltyTerms = "",
    string PenaltyRate = "",
    string Notes = "",
    BudgetUnit BudgetUnit = BudgetUnit.None,
    string BudgetAmount = "",
    string BudgetWarnAt = "",
    WhenSpent WhenSpent = WhenSpent.Allow,
    bool BooksOpenings = false,
    string ExternalId = ""
)
{
    /// <summary>The mail address of who is told about legal matters; empty for nobody, null leaves whom it names.</summary>
    public string? Legal { get; init; }

    /// <summary>What it promises.</summary>
    public ValueList<Entitlement> Entitlements { get; init; } = [];
}

/// <summary>Checks of what people type.</summary>
internal sealed class InputCheck
{
    private readonly List<Refusal> refusals = [];

    public ValueList<Refusal> Refusals => refusals.ToValueList();

    public bool IsFine => refusals.Count == 0;

    public void Add(Refusal? refusal)
    {
        if (refusal is not null)
        {
            refusals.Add(refusal);
        }
    }

    public void Require(bool condition, string code, string field, params ReadOnlySpan<string> arguments)
    {
        if (!condition)
        {
            refusals.Add(Refusal.Invalid(code, field, arguments));
        }
    }

    /// <summary>A short name: lower-case letters, digits and dashes.</summary>
    public string Key(string? text, string field)
    {
        var key = Line(text, field, 60, isRequired: true).ToLowerInvariant();
        Require(
            key.Length == 0
                || (char.IsAsciiLetterOrDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')),
            "crm.refusal.bad-key",
            field
        );
        return key;
    }

    /// <summary>One line of text.</summary>
    public string Line(string? text, string field, int longest, bool isRequired = false)
    {
        var line = string.Join(' ', Plain(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Require(!isRequired || line.Length > 0, "crm.refusal.missing", field);
        Require(line.Length <= longest, "crm.refusal.too-long", field, $"{longest}");
        return line;
    }

    /// <summary>Text of several lines.</summary>
    public string Prose(string? text, string field)
    {
        var prose = Plain(text).ReplaceLineEndings("\n").Trim();
        Require(prose.Length <= 20_000, "crm.refusal.too-long", field, "20,000");
        return prose;
    }

    /// <summary>A whole number; what is empty is <paramref name="otherwise"/>.</summary>
    public int Number(string? text, string field, int most, int otherwise)
    {
        var plain = (text ?? "").Trim();
        if (plain.Length == 0)
        {
            return otherwise;
        }

        var isNumber =
            int.TryParse(
                plain,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
            && number <= most;
        Require(isNumber, "crm.refusal.bad-number", field, "0", $"{most}");
        return isNumber ? number : otherwise;
    }

    // Half characters and controls, which no database of the three takes alike.
    private static string Plain(string? text) =>
        string.Concat(
                (text ?? "")
                    .EnumerateRunes()
                    .Where(rune => !Rune.IsControl(rune) || rune.Value is '\n' or '\r' or '\t')
                    .Select(rune => rune.ToString())
            )
            .Normalize(NormalizationForm.FormC);
}

/// <summary>Text as searches compare it.</summary>
public static class SearchText
{
    /// <summary>The words, composed and in lower case.</summary>
    public static string Of(params ReadOnlySpan<string?> words)
    {
        var text = string.Join(' ', words.ToArray().Where(word => !string.IsNullOrWhiteSpace(word)));
        var plain = string.Concat(
            text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Select(rune => rune.ToString())
        );
        return plain.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}
