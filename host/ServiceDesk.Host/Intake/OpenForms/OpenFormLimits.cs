using System.Net;
using ServiceDesk.Host.Access;

namespace ServiceDesk.Host.Intake.OpenForms;

/// <summary>How much may be sent without signing in: by one address, and by all together, so that a flood from many addresses ends too.</summary>
public sealed class OpenFormLimits(TimeProvider time)
{
    /// <summary>How many requests an address sends in ten minutes.</summary>
    public const int OfAddress = 5;

    /// <summary>How many requests are taken in an hour.</summary>
    public const int OfAll = 200;

    /// <summary>How many large forms an address sends in an hour, those that are refused among them.</summary>
    public const int LargeOfAddress = 20;

    private readonly AddressLimit large = new(time, LargeOfAddress, TimeSpan.FromHours(1));
    private readonly AddressLimit each = new(time, OfAddress, TimeSpan.FromMinutes(10));
    private readonly AddressLimit all = new(time, OfAll, TimeSpan.FromHours(1));

    /// <summary>Counts a request.</summary>
    /// <returns>How long to wait, when it is one too many; null when it may be taken.</returns>
    public TimeSpan? Take(IPAddress? address) => each.Note(address) ?? all.Note(null);

    /// <summary>Counts a large form before it is read.</summary>
    /// <returns>How long to wait, when it is one too many or its request could not be taken anyway; null when it may be read.</returns>
    public TimeSpan? TakeLarge(IPAddress? address) => each.WaitOf(address) ?? all.WaitOf(null) ?? large.Note(address);
}
