using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Upkeep;

/// <summary>People from before initial consonants were kept are found by them too.</summary>
public sealed class FillInitials(IPeopleStore people) : IUpkeepTask
{
    public string Name => "initials of people";

    public Task<int> RunAsync(CancellationToken cancellation) => people.FillInitialsAsync(cancellation);
}
