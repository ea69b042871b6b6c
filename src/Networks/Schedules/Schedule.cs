namespace Pipeline.Networks.Schedules;

/// <summary>
/// How the learning rate changes while a network trains, such as <c>cosine</c>. Several may be
/// joined: their factors multiply.
/// </summary>
[Catalogue("schedule")]
public abstract class Schedule
{
    private protected Schedule() { }

    /// <summary>The factor of the learning rate at a step.</summary>
    /// <param name="epoch">
    /// The epochs done before the step, with those steps of the current one as a fraction: from 0 to less
    /// than <paramref name="epochs"/>.
    /// </param>
    /// <param name="epochs">The epochs of the whole training.</param>
    /// <returns>At least 0.</returns>
    public abstract double Factor(double epoch, int epochs);
}
