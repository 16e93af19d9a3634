using Microsoft.AspNetCore.Identity;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Host.Startup.Setup;

/// <summary>The rule for passwords, the same wherever one is set: length alone, since forced symbols make worse ones.</summary>
public static class Passwords
{
    /// <summary>The least number of characters.</summary>
    public const int MinimumLength = 12;

    /// <summary>The greatest number of characters; more would only cost hashing time.</summary>
    public const int MaximumLength = 200;

    /// <summary>Why the password cannot be taken; empty when it can.</summary>
    public static ValueList<Refusal> Check(string password) =>
        password.Length switch
        {
            < MinimumLength => [Refusal.Invalid("accounts.password-too-short", "password", $"{MinimumLength}")],
            > MaximumLength => [Refusal.Invalid("accounts.password-too-long", "password", $"{MaximumLength}")],
            _ => [],
        };

    /// <summary>The hash to keep.</summary>
    public static string Hash(IPasswordHasher<PersonRow> hasher, string password) =>
        hasher.HashPassword(new PersonRow(), password);
}
