"""The entities of a portfolio. A new column is one line here; its table, import and docs follow."""

from __future__ import annotations

from camdesk.portfolio.model import Entity
from camdesk.portfolio.notation import entity
from camdesk.portfolio.taken_over import TAKEN_OVER

_ALL = (
    entity("partners", "Partners", """
        partner_id! id
        name! text
        type! type
        other_types list
        tier text
        tier_review_on date
        status choice prospect|enrolled|suspended|terminated default=enrolled
        class choice A|B|C
        labels list
        region text
        country text
        industry text
        currency currency
        owner_email text
        parent_partner_id id
        enrolled_on date
        terminated_on date
        website text
        vendor_sponsor text
        partner_sponsor text
        sales_people integer 0..1e9
        technical_people integer 0..1e9
        our_share number 0..100
        credit_limit money
        credit_used money
        """),
    entity("contacts", "Contacts", """
        contact_id! id
        partner_id! id
        name! text
        role text
        email text
        phone text
        is_primary flag
        is_executive flag
        influence choice champion|executive|technical|finance|marketing|blocker
        left_on date
        """, indexes="partner_id"),
    entity("agreements", "Agreements", """
        agreement_id! id
        partner_id! id
        kind! choice partner|distribution|managed_service|nda|data_processing|other
        signed_on date
        expires_on date
        notice_by date
        renews_itself flag
        """, own_day="signed_on", indexes="partner_id"),
    entity("terms", "Terms", """
        term_id! id
        partner_id! id
        kind! choice discount|price_list|protection|fund_accrual|rebate|fee|support|other
        text! text
        value number
        valid_from date
        valid_until date
        announced_on date
        """, own_day="valid_from", indexes="partner_id"),
    entity("deals", "Deals", """
        deal_id! id
        partner_id! id
        opportunity_id id
        name text
        customer text
        kind choice registered|co_sell|influenced|renewal default=registered
        stage text
        status! choice open|won|lost
        amount money
        currency currency
        submitted_at instant
        decided_at instant
        decision choice pending|approved|rejected
        protected_until date
        conflict_on date
        expected_close_on date
        closed_on date
        stage_changed_on date
        last_activity_on date
        forecast choice commit|best_case|pipeline|omitted
        probability number 0..100
        owner_email text
        next_step text
        competitor text
        lost_reason text
        campaign_id id
        """, own_day="submitted_at",
        indexes="partner_id,submitted_at,status,closed_on,kind,decision,amount_base opportunity_id "
        "partner_id,kind,status,closed_on,decision,amount_base,submitted_at,decided_at"),
    entity("orders", "Orders", """
        order_id! id
        partner_id! id
        booked_on! date
        amount! money
        currency currency
        product text
        quantity number
        customer text
        deal_id id
        territory text
        kind choice new|renewal|service default=new
        """, own_day="booked_on", indexes="partner_id,booked_on,amount_base,order_id customer,booked_on"),
    entity("usage", "Usage", """
        usage_id! id
        partner_id! id
        month! month
        customer text
        product text
        seats number 0..1e12
        active_seats number 0..1e12
        recurring_revenue money
        currency currency
        """, own_day="month",
        indexes="partner_id,month,recurring_revenue_base,seats,active_seats,customer"),
    entity("renewals", "Renewals", """
        renewal_id! id
        partner_id! id
        customer! text
        product text
        seats number 0..1e12
        value! money
        renewed_value money
        currency currency
        due_on! date
        opened_on date
        forecast choice commit|likely|at_risk
        status! choice open|renewed|lost
        decided_on date
        owner_email text
        """, own_day="due_on", indexes="partner_id,due_on"),
    entity("certifications", "Certifications", """
        certification_id! id
        partner_id! id
        person! text
        name! text
        track choice sales|technical|architect|delivery|compliance
        mandatory flag
        awarded_on! date
        expires_on date
        """, own_day="awarded_on", indexes="partner_id,awarded_on,expires_on,track,person"),
    entity("projects", "Projects", """
        project_id! id
        partner_id! id
        customer text
        name! text
        value money
        currency currency
        status! choice planned|active|completed|cancelled
        health choice green|amber|red
        started_on date
        due_on date
        completed_on date
        csat number 1..5
        csat_on date
        referenceable flag
        """, own_day="started_on", indexes="partner_id,completed_on"),
    entity("listings", "Listings", """
        listing_id! id
        partner_id! id
        name! text
        marketplace text
        published_on date
        updated_on date
        api_version text
        api_retires_on date
        certified_until date
        status choice draft|live|retired
        """, own_day="published_on", indexes="partner_id"),
    entity("listing_activity", "Listing activity", """
        activity_id! id
        listing_id! id
        partner_id! id
        month! month
        views number 0..1e12
        installs number 0..1e12
        uninstalls number 0..1e12
        active_customers number 0..1e12
        tickets number 0..1e12
        gross_sales money
        our_share money
        currency currency
        """, own_day="month", indexes="partner_id,month"),
    entity("sell_through", "Sell-through lines", """
        line_id! id
        partner_id! id
        reseller! text
        reseller_partner_id id
        customer text
        product text
        territory text
        month! month
        units number
        value money
        currency currency
        reported_on date
        """, own_day="month",
        indexes="partner_id,month,value_base,reseller,units,customer "
        "reseller_partner_id,month,value_base,line_id"),
    entity("pos_reports", "POS reports", """
        report_id! id
        partner_id! id
        month! month
        due_on! date
        received_on date
        """, own_day="due_on", indexes="partner_id,due_on"),
    entity("inventory", "Inventory counts", """
        inventory_id! id
        partner_id! id
        counted_on! date
        product text
        units number 0..1e12
        value money
        aged_value money
        currency currency
        """, own_day="counted_on", indexes="partner_id,counted_on"),
    entity("referrals", "Referrals", """
        referral_id! id
        partner_id! id
        customer! text
        submitted_at! instant
        first_response_at instant
        last_status_at instant
        status! choice submitted|accepted|rejected|won|lost
        closed_on date
        value money
        currency currency
        fee money
        fee_earned_on date
        fee_due_on date
        fee_paid_on date
        """, own_day="submitted_at", indexes="partner_id,submitted_at"),
    entity("funds", "Market development funds", """
        fund_id! id
        partner_id! id
        name text
        period_start! date
        period_end! date
        allocated! money
        currency currency
        """, own_day="period_start", indexes="partner_id,period_start"),
    entity("fund_claims", "Fund claims", """
        claim_id! id
        fund_id id
        partner_id! id
        kind choice market_fund|ship_and_debit|price_protection|stock_rotation default=market_fund
        activity text
        requested_at! instant
        decided_at instant
        claim_by date
        status! choice requested|approved|rejected|claimed|paid
        amount! money
        claimed_on date
        paid_on date
        attributed_pipeline money
        currency currency
        """, own_day="requested_at", indexes="partner_id,requested_at"),
    entity("campaigns", "Campaigns", """
        campaign_id! id
        partner_id! id
        name! text
        started_on! date
        ended_on date
        leads integer
        attributed_pipeline money
        currency currency
        """, own_day="started_on", indexes="partner_id,started_on"),
    entity("incentives", "Incentives owed", """
        incentive_id! id
        partner_id! id
        program text
        period text
        amount! money
        currency currency
        due_on! date
        paid_on date
        corrected flag
        """, own_day="due_on", indexes="partner_id,due_on"),
    entity("rebates", "Rebate steps", """
        rebate_id! id
        partner_id! id
        program! text
        metric! metric
        period_start! date
        period_end! date
        threshold! money
        payout! money
        currency currency
        """, own_day="period_start", indexes="partner_id,period_start"),
    entity("cases", "Support cases", """
        case_id! id
        partner_id! id
        customer text
        severity! choice P1|P2|P3|P4
        subject text
        opened_at! instant
        respond_by instant
        first_response_at instant
        resolved_at instant
        reopened flag
        """, own_day="opened_at", indexes="partner_id,opened_at"),
    entity("requests", "Requests", """
        request_id! id
        partner_id! id
        deal_id id
        kind! choice pricing_exception|co_sell|technical|contract|other
        subject text
        amount money
        currency currency
        asked_at! instant
        needed_by instant
        answered_at instant
        decision choice approved|rejected
        valid_until date
        honoured flag
        owner_email text
        """, own_day="asked_at", indexes="partner_id,asked_at"),
    entity("meetings", "Meetings", """
        meeting_id! id
        partner_id! id
        kind! choice working|review|executive|steering
        subject text
        scheduled_at! instant
        status! choice planned|held|missed
        missed_by choice vendor|partner
        attendees list
        """, own_day="scheduled_at", indexes="partner_id,scheduled_at"),
    entity("milestones", "Milestones", """
        milestone_id! id
        partner_id! id
        kind choice onboarding|joint default=onboarding
        name! text
        due_on date
        completed_on date
        """, own_day="due_on", indexes="partner_id,due_on"),
    entity("investments", "Investments", """
        investment_id! id
        partner_id! id
        side! choice vendor|partner
        kind choice cash|people
        pledged flag
        amount! money
        currency currency
        spent_on! date
        """, own_day="spent_on", indexes="partner_id,spent_on"),
    entity("assessments", "Relationship assessments", """
        assessment_id! id
        partner_id! id
        side! choice vendor|partner
        question! text
        score! integer 0|25|50|75|100
        assessed_on! date
        """, own_day="assessed_on", indexes="partner_id,assessed_on"),
    entity("advocacy", "Advocacy acts", """
        advocacy_id! id
        partner_id! id
        kind! choice reference|case_study|event|partner_brought|other
        done_on! date
        text text
        """, own_day="done_on", indexes="partner_id,done_on"),
    entity("accounts", "Accounts", """
        account_id! id
        partner_id! id
        customer! text
        relation choice customer|target|shared
        potential money
        currency currency
        products list
        owner text
        """, indexes="partner_id"),
    entity("targets", "Targets", """
        target_id! id
        partner_id! id
        metric! metric
        period_start! date
        period_end! date
        value! money
        currency currency
        """, own_day="period_start", indexes="partner_id,metric,period_start"),
    entity("exchange_rates", "Exchange rates", """
        rate_id! id
        currency! currency
        rated_on! date
        rate! rate
        """, own_day="rated_on", indexes="currency,rated_on"),
    *TAKEN_OVER,
)  # fmt: skip

ENTITIES: dict[str, Entity] = {each.name: each for each in _ALL}
SYNCED: tuple[Entity, ...] = tuple(each for each in _ALL if not each.taken_over)
