namespace ServiceDesk.Host.Intake.Demo;

/// <summary>The same numbers for the same seed on every machine (SplitMix64), so that everybody's demo is alike.</summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number between the two, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times of a hundred.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of them.</summary>
    public T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    private ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
