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

    private readonly AddressLimit each = new(time, OfAddress, TimeSpan.FromMinutes(10));
    private readonly AddressLimit all = new(time, OfAll, TimeSpan.FromHours(1));

    /// <summary>Counts a request.</summary>
    /// <returns>How long to wait, when it is one too many; null when it may be taken.</returns>
    public TimeSpan? Take(IPAddress? address) => each.Note(address) ?? all.Note(null);
}
