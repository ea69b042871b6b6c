namespace Pipeline.Networks.Tests;

public sealed class BatchOrderTests
{
    [Fact]
    public void An_epoch_takes_every_row_once()
    {
        var order = Order(seed: 1, epoch: 0);
        Assert.Equal(Enumerable.Range(0, order.Length), order.Order());
        Assert.NotEqual(Enumerable.Range(0, order.Length), order);
    }

    [Fact]
    public void The_order_follows_from_seed_and_epoch_alone()
    {
        Assert.Equal(Order(seed: 1, epoch: 3), Order(seed: 1, epoch: 3));
        Assert.NotEqual(Order(seed: 1, epoch: 3), Order(seed: 1, epoch: 4));
        Assert.NotEqual(Order(seed: 1, epoch: 3), Order(seed: 2, epoch: 3));
    }

    private static int[] Order(ulong seed, int epoch)
    {
        var order = new int[100];
        BatchOrder.Fill(seed, epoch, order);
        return order;
    }
}
